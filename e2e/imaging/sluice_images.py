"""The images of Sluice itself, and the one that they are built on."""

from __future__ import annotations

import os
from pathlib import Path

from imaging import debian_root, docker_archive
from imaging.archive_cache import ArchiveCache
from imaging.image_definition import Image
from imaging.postgres_image import PostgresImage
from imaging.programs import maven
from imaging.settings import Settings
from imaging.trained_image import TrainedImage


LIBC_PROGRAMS = ["sbin/ldconfig", "usr/sbin/iconvconfig", "usr/sbin/zic", "usr/share/libc-bin"]
LIBC_PROGRAMS += [f"usr/bin/{name}" for name in ("getconf", "getent", "iconv", "ld*", "locale*", "pldd", "tzselect", "zdump")]
"""What libc-bin has besides the locale."""


class BaseImage(Image):
    """Debian without a shell, and a Java runtime at /opt/sluice/jre."""

    name = "base"
    seconds = 20

    def inputs(self) -> list[str]:
        return [self.jdk.release, debian_root.package_sources()]

    def build(self, work: Path, archive: Path) -> None:
        root = work / "root"
        packages = ["libc6", "zlib1g", "ca-certificates", "tzdata", "netbase", "base-files"]
        # of the PostgreSQL in the runner's image: its ICU is C++, and its databases have the locale C.UTF-8
        packages += ["libstdc++6", "libgcc-s1", "libc-bin"]
        debian_root.make(root, "extract", packages)
        debian_root.remove(root, *LIBC_PROGRAMS)
        self._configure(root)
        self.jdk.link_runtime(root / "opt/sluice/jre")
        environment = {
            "PATH": "/opt/sluice/jre/bin:/usr/bin:/bin",
            "JAVA_HOME": "/opt/sluice/jre",
            "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
        }
        docker_archive.write(
            self.settings.repository, "localhost/sluice-base:dev", root, archive, environment=environment
        )

    @staticmethod
    def _configure(root: Path) -> None:
        """Makes what the packages' own scripts would, which don't run in such a root."""
        for folder in ("etc/ssl/certs", "opt/sluice"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        certificates = sorted((root / "usr/share/ca-certificates").rglob("*.crt"), key=os.fsencode)
        (root / "etc/ssl/certs/ca-certificates.crt").write_bytes(
            b"".join(certificate.read_bytes() for certificate in certificates)
        )
        (root / "etc/passwd").write_text(
            "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/nonexistent:/sbin/nologin\n"
        )
        (root / "etc/group").write_text("root:x:0:\nnonroot:x:65532:\n")
        (root / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")


class JibImage(TrainedImage):
    """An image that Jib builds on the base, by the pom.xml of its module."""

    def __init__(self, settings: Settings, cache: ArchiveCache, base: BaseImage) -> None:
        super().__init__(settings)
        self.cache = cache
        self.base = base

    def jib(self, modules: list[str], name: str, archive: Path) -> None:
        """Builds the image of the last module; the parent's checks of the whole repository aren't run."""
        base = self.cache.archive(self.base)
        options = [f"-Djib.containerize=:{modules[-1]}", f"-Djib.from.image=tar://{base}", f"-Djib.to.image={name}"]
        options += [f"-Djib.outputPaths.tar={archive}", "-Dmaven.test.skip=true"]
        command = ["-pl", ",".join(modules), *options, "package", "jib:buildTar"]
        maven(command, f"the image of {modules[-1]} could not be built", cwd=self.settings.repository)


class OperatorImage(JibImage):
    name = "operator"
    seconds = 60
    modules = ["crds", "operator"]

    def inputs(self) -> list[str]:
        return [
            self.sources("pom.xml", *self.modules),
            self.base.stamp(),
            self.settings.operator_tag,
            *self.training_inputs(),
        ]

    def build(self, work: Path, archive: Path) -> None:
        tagged = f"localhost/sluice-operator:{self.settings.operator_tag}"
        aot_cache = self.settings.repository / "operator/target/image/opt/sluice/operator.aot"
        aot_cache.unlink(missing_ok=True)
        self.jib(self.modules, tagged, archive)
        if self.can_train("is no AOT cache for the operator"):
            self.train("the operator's AOT cache", archive, aot_cache)
            self.jib(self.modules, tagged, archive)


class RunnerImage(JibImage):
    name = "runner"
    seconds = 110
    modules = ["migrations-image"]
    # without the module for authors, which lies in the same folder
    files = ["migrations-image/pom.xml", "migrations-image/NOTICE", "migrations-image/src"]

    def __init__(self, settings: Settings, cache: ArchiveCache, base: BaseImage, postgres: PostgresImage) -> None:
        super().__init__(settings, cache, base)
        self.postgres = postgres

    def inputs(self) -> list[str]:
        return [
            self.sources("pom.xml", *self.files),
            self.base.stamp(),
            self.postgres.stamp(),
            *self.training_inputs(),
        ]

    def build(self, work: Path, archive: Path) -> None:
        folder = self.settings.repository / "migrations-image/target/image/opt/sluice"
        for name in ("sluice.aot", "sluice.jsa"):
            (folder / name).unlink(missing_ok=True)
        self.jib(self.modules, "localhost/sluice-runner:dev", archive)
        if self.can_train("are no class archives for the runner"):
            self.train("the runner's class archives", archive, self.cache.archive(self.postgres), folder)
            self.jib(self.modules, "localhost/sluice-runner:dev", archive)
