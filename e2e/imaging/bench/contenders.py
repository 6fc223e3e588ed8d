"""The runner, and the tools that are made for each form of the migrations, by the command that brings a database to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from imaging.bench.other_tools import OtherTools
from imaging.sandbox.postgres_server import PASSWORD, PostgresServer
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.training.class_archives import JAVA

LIQUIBASE = "liquibase.integration.commandline.LiquibaseCommandLine"


@dataclass(frozen=True)
class Contender:
    name: str
    command: Callable[[str, str, bool], list[str]]
    """Of a database, the name of its migrations, and whether they are pending."""


@dataclass(frozen=True)
class Contenders:
    image: UnpackedImage
    """The runner's, with the migrations in /bench/NAME and Flyway's jars beside them."""
    postgres: PostgresServer
    tools: OtherTools
    files: dict[str, list[str]]
    """The files for psql, by the migrations' name."""
    home: Path

    def all(self) -> list[Contender]:
        return [
            Contender("psql-files", self._psql),
            Contender("liquibase", self._liquibase),
            Contender("flyway", self._flyway),
            Contender(
                "drizzle-kit", self._node("node_modules/drizzle-kit/bin.cjs", "migrate", "--config=drizzle.config.js")
            ),
            Contender("drizzle-orm", self._node("migrate.js")),
            Contender("runner-drizzle", self._runner("drizzle", ".")),
            Contender("runner-flyway", self._runner("flyway", ".")),
            Contender("runner-changelog", self._runner("changelog", "root.sql")),
        ]

    def of_large_files(self) -> list[Contender]:
        """Those that get through a large file in the memory that they have."""
        return [contender for contender in self.all() if contender.name not in ("liquibase", "runner-changelog")]

    def _psql(self, database: str, name: str, pending: bool) -> list[str]:
        files = [part for file in self.files[name] for part in ("-f", f"/bench/{name}/{file}")]
        return self.postgres.psql(database, *(files if pending else ["-c", "select 1"]))

    def _liquibase(self, database: str, name: str, pending: bool) -> list[str]:
        files = [f"--search-path=/bench/{name}/changelog", "--changelog-file=root.sql"]
        login = [f"--url={self._jdbc(database)}", "--username=postgres", f"--password={PASSWORD}"]
        return self.image.command(
            [JAVA, "-cp", "/opt/sluice/libs/*", LIQUIBASE, *files, *login, "update"],
            {"LIQUIBASE_ANALYTICS_ENABLED": "false"},
        )

    def _flyway(self, database: str, name: str, pending: bool) -> list[str]:
        login = [f"-url={self._jdbc(database)}", "-user=postgres", f"-password={PASSWORD}"]
        program = [JAVA, "-cp", "/bench/flyway-jars/*", "org.flywaydb.commandline.Main"]
        return self.image.command(
            [*program, *login, f"-locations=filesystem:/bench/{name}/flyway", "migrate"], {"HOME": "/tmp"}
        )

    def _node(self, *program: str) -> Callable[[str, str, bool], list[str]]:
        def command(database: str, name: str, pending: bool) -> list[str]:
            variables = {
                "PATH": "/usr/bin:/bin",
                "HOME": str(self.home),
                "LANG": "C.UTF-8",
                "FOLDER": f"{self.image.root}/bench/{name}/drizzle",
                "DATABASE_URL": f"postgres://postgres:{PASSWORD}@127.0.0.1:{self.postgres.port}/{database}",
            }
            return [
                "env",
                "-i",
                f"--chdir={self.tools.drizzle}",
                *("=".join(v) for v in variables.items()),
                str(self.tools.node),
                *program,
            ]

        return command

    def _runner(self, form: str, changelog: str) -> Callable[[str, str, bool], list[str]]:
        def command(database: str, name: str, pending: bool) -> list[str]:
            return runner_command(self.image, self.postgres.port, database, f"/bench/{name}/{form}", changelog)

        return command

    def _jdbc(self, database: str) -> str:
        return f"jdbc:postgresql://127.0.0.1:{self.postgres.port}/{database}?sslmode=disable"


def runner_command(
    image: UnpackedImage,
    port: int,
    database: str,
    root: str,
    changelog: str,
    more: Mapping[str, str] | None = None,
) -> list[str]:
    """A run of the image's runner, with the login in /bench/credentials and these variables besides."""
    connection = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGDATABASE": database, "PGSSLMODE": "disable"}
    migrations = {"SLUICE_ROOT": root, "SLUICE_CHANGELOG": changelog, "SLUICE_REVISION": "1"}
    others = {"SLUICE_TARGET": "bench", "SLUICE_CREDENTIALS": "/bench/credentials", **(more or {})}
    return image.command([JAVA, "@/opt/sluice/sluice", "run"], connection | migrations | others)
