"""The same migrations, each a table and its index, in four forms: a changelog, a folder each of Flyway and Drizzle, and files for psql."""

from __future__ import annotations

import json
from pathlib import Path


def write_forms(folder: Path, count: int) -> None:
    """Each form in a root of its own, as a team's image has one."""
    for name in ("changelog", "drizzle/meta", "flyway"):
        (folder / name).mkdir(parents=True)
    entries, changelog = [], "--liquibase formatted sql\n"
    for n in range(1, count + 1):
        tag = f"{n:04}_item"
        table, index = statements(n)
        changelog += f"--changeset bench:{n}\n{table}\n{index}\n"
        (folder / f"flyway/V{n}__item.sql").write_text(f"{table}\n{index}\n")
        (folder / f"drizzle/{tag}.sql").write_text(f"{table}--> statement-breakpoint\n{index}\n")
        entries.append({"idx": n - 1, "version": "7", "when": 1700000000000 + n, "tag": tag, "breakpoints": True})
    (folder / "changelog/root.sql").write_text(changelog)
    (folder / "drizzle/meta/_journal.json").write_text(
        json.dumps({"version": "7", "dialect": "postgresql", "entries": entries})
    )


def write_files(folder: Path, count: int) -> list[str]:
    """Writes a file for psql for each migration; their names in order."""
    folder.mkdir(parents=True)
    names = [f"{n:04}_item.sql" for n in range(1, count + 1)]
    for n, name in enumerate(names, start=1):
        table, index = statements(n)
        (folder / name).write_text(f"begin;\n{table}\n{index}\ncommit;\n")
    return names


def statements(n: int) -> tuple[str, str]:
    table = f"create table item{n} (id bigint primary key, name text not null, made timestamptz default now());"
    return table, f"create index item{n}_name on item{n} (name);"
