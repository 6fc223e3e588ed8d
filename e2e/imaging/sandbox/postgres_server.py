"""A PostgreSQL of the image postgres, without fsync."""

from __future__ import annotations

import copy
import os

from imaging.programs import output
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.sandbox.waiting import free_port, until_true

PASSWORD = "bench"
PROGRAMS = "/usr/lib/postgresql/15/bin"


class PostgresServer:
    def __init__(self, image: UnpackedImage) -> None:
        self.image = image
        self.port = free_port()

    def start(self, sandbox: Sandbox) -> None:
        self._own_data()
        entry = ["/usr/local/bin/postgres-entry", "-p", str(self.port), "-c", "fsync=off", "-c", "autovacuum=off"]
        command = self.image.command(entry, {"POSTGRES_PASSWORD": PASSWORD, "PGDATA": "/var/lib/postgresql/data"})
        log = sandbox.folder / "postgres.log"
        process = sandbox.start(command, log)
        until_true(self._is_ready, process, log, "PostgreSQL doesn't start")

    def at(self, port: int) -> PostgresServer:
        """The same server, by way of another port."""
        other = copy.copy(self)
        other.port = port
        return other

    def psql(self, database: str, *arguments: str) -> list[str]:
        """The command that runs psql in the image."""
        environment = {"PGPASSWORD": PASSWORD, "PGSSLMODE": "disable", "PGOPTIONS": "-cclient_min_messages=warning"}
        options = [
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "postgres",
            "-d",
            database,
        ]
        return self.image.command([f"{PROGRAMS}/psql", *options, *arguments], environment)

    def query(self, database: str, *statements: str) -> str:
        """Sends statements one by one; their answers, without decoration."""
        commands = [part for statement in statements for part in ("-c", statement)]
        return output(self.psql(database, "-At", *commands)).strip()

    def _is_ready(self) -> bool:
        return self.image.run([f"{PROGRAMS}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0

    def _own_data(self) -> None:
        user, group = 65532, 65532
        for folder, folders, files in os.walk(self.image.root / "var/lib/postgresql"):
            for name in (".", *folders, *files):
                os.chown(os.path.join(folder, name), user, group, follow_symlinks=False)
