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


def write_rows(folder: Path, rows: int) -> None:
    """One migration that fills a table, as a folder each of Flyway and Drizzle: Liquibase splits no file of that size in its memory."""
    for name in ("drizzle/meta", "flyway"):
        (folder / name).mkdir(parents=True)
    table, inserts = filled(rows)
    (folder / "flyway/V1__rows.sql").write_text(table + inserts)
    (folder / "drizzle/0001_rows.sql").write_text(f"{table}--> statement-breakpoint\n{inserts}")
    entry = {"idx": 0, "version": "7", "when": 1700000000001, "tag": "0001_rows", "breakpoints": True}
    (folder / "drizzle/meta/_journal.json").write_text(
        json.dumps({"version": "7", "dialect": "postgresql", "entries": [entry]})
    )


def write_rows_file(folder: Path, rows: int) -> list[str]:
    """The same for psql; its name."""
    folder.mkdir(parents=True)
    (folder / "0001_rows.sql").write_text("begin;\n" + "".join(filled(rows)) + "commit;\n")
    return ["0001_rows.sql"]


def filled(rows: int) -> tuple[str, str]:
    """A table, and as many INSERTs of a hundred bytes."""
    row = "it is a row".ljust(60)
    inserts = "".join(f"insert into filled values ({n:06}, '{row}');\n" for n in range(rows))
    return "create table filled (id int, name text);\n", inserts


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
