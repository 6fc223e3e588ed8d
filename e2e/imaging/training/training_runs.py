"""What the runner is trained on: the same migrations in three forms, and the variables of one run after the other."""

from __future__ import annotations

import json
from pathlib import Path

MIGRATIONS = 40
COMMON = {
    "PGSSLMODE": "verify-full",
    "SLUICE_ROOT": "/training/root",
    "SLUICE_REVISION": "1",
    "SLUICE_TARGET": "training",
    "SLUICE_DEADLINE": "5m",
}
REHEARSED = {"SLUICE_REHEARSAL": "Enforce", "SLUICE_REHEARSAL_DIR": "/training/rehearsal"}


def write_migrations(root: Path) -> None:
    """Writes a changelog, and a folder each of Drizzle and Flyway."""
    for folder in ("drizzle/meta", "flyway", "changelog"):
        (root / folder).mkdir(parents=True)
    entries, changelog = [], "--liquibase formatted sql\n"
    for n in range(1, MIGRATIONS + 1):
        sql = f"create table item{n} (id bigint primary key, name text not null default 'it''s one'); -- an item\n"
        changelog += f"--changeset training:{n}\n{sql}"
        (root / f"flyway/V{n}__item.sql").write_text(sql)
        (root / f"drizzle/{n}.sql").write_text(f"{sql}--> statement-breakpoint\ncreate index on item{n} (name);\n")
        entries.append({"idx": n, "when": n, "tag": str(n)})
    (root / "changelog/items.sql").write_text(changelog)
    (root / "changelog.yaml").write_text("databaseChangeLog:\n  - includeAll: {path: changelog}\n")
    (root / "drizzle/meta/_journal.json").write_text(
        json.dumps({"version": "7", "dialect": "postgresql", "entries": entries})
    )


def runs(prefix: str, postgres: int, secrets: int, probe: int) -> list[str]:
    """The files that cli.Training reads, in their order: on databases with this prefix, by the ports of three servers."""
    ca = {"PGSSLROOTCERT": "/training/ca.crt"}
    mounted = {"PGHOST": "localhost", "PGPORT": str(postgres), "SLUICE_CREDENTIALS": "/training/credentials"}
    region = {"AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL_SECRETS_MANAGER": f"http://127.0.0.1:{secrets}"}
    aws = {"SLUICE_AWS_SECRET_ID": "database", **region}
    return [
        _run(0, f"{prefix}_drizzle", "drizzle", mounted | ca | {"SLUICE_PROBE_PORT": str(probe)}),
        _run(0, f"{prefix}_drizzle", "drizzle", mounted | ca),
        _run(0, f"{prefix}_flyway", "flyway", mounted | ca),
        _run(0, f"{prefix}_changelog", "changelog.yaml", mounted | ca),
        _run(0, f"{prefix}_changelog", "changelog.yaml", aws | ca),
        _run(40, f"{prefix}_drizzle", "drizzle", aws),
        _run(0, f"{prefix}_rehearsed", "drizzle", mounted | ca | REHEARSED),
    ]


def _run(exit_code: int, database: str, changelog: str, variables: dict[str, str]) -> str:
    """One run's variables, and the exit code that it must end with."""
    every = {"EXIT": str(exit_code), "PGDATABASE": database, "SLUICE_CHANGELOG": changelog} | variables | COMMON
    return "".join(f"{name}={value}\n" for name, value in every.items())
