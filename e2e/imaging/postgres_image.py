"""PostgreSQL 15 with psql and a shell; cluster/postgres/entry names its variables."""

from __future__ import annotations

import shutil
from pathlib import Path

from imaging import debian_root, docker_archive
from imaging.image_definition import Image

NO_CLUSTER = 'mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.conf"'


class PostgresImage(Image):
    name = "postgres"
    seconds = 45

    def inputs(self) -> list[str]:
        return [self.sources("e2e/cluster/postgres/entry"), debian_root.package_sources()]

    def build(self, work: Path, archive: Path) -> None:
        root = work / "root"
        debian_root.make(root, "minbase", ["postgresql-15"], f"--essential-hook={NO_CLUSTER}")
        debian_root.add_user(root)
        # Without its compiler PostgreSQL runs queries uncompiled, and the image is a third smaller.
        server, libraries = "usr/lib/postgresql/15/lib", "usr/lib/*"
        debian_root.remove(
            root, f"{server}/bitcode", f"{server}/llvmjit*", f"{libraries}/libLLVM*", f"{libraries}/libz3*"
        )
        for folder in ("run/postgresql", "var/lib/postgresql/data", "docker-entrypoint-initdb.d", "tls"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for folder in ("run/postgresql", "var/lib/postgresql", "var/lib/postgresql/data"):
            (root / folder).chmod(0o1777)
        entry = root / "usr/local/bin/postgres-entry"
        shutil.copyfile(self.settings.e2e / "cluster/postgres/entry", entry)
        entry.chmod(0o755)
        data = {"PGDATA": "/var/lib/postgresql/data"}
        docker_archive.write(
            self.settings.repository,
            "localhost/sluice-postgres:15",
            root,
            archive,
            environment=data,
            entrypoint=["/usr/local/bin/postgres-entry"],
        )
