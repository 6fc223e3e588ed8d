"""The runner beside psql, Liquibase, Flyway, drizzle-kit and drizzle-orm: they take turns on databases of one local PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from imaging.bench import other_tools
from imaging.bench.contenders import Contender, Contenders
from imaging.bench.delay import delayed
from imaging.bench.measurements import (
    Measurement,
    load,
    measure,
    median,
    memory,
    processor,
    ratio,
    wall,
)
from imaging.bench.migration_forms import write_files, write_forms, write_rows, write_rows_file
from imaging.programs import Failure, say
from imaging.sandbox.postgres_server import PASSWORD, PostgresServer
from imaging.sandbox.sandbox import Sandbox
from imaging.settings import Settings
from imaging.training.class_archives import check_both_archives

COUNTS = [100, 1000]
ROWS = 100_000


def bench_runner(settings: Settings, sandbox: Sandbox, runner: Path, postgres: Path, rounds: int, delay: float) -> None:
    direct = _prepare(settings, sandbox, runner, postgres)
    with delayed(direct.postgres.port, delay) if delay else nullcontext(direct.postgres.port) as port:
        _bench(sandbox, direct, replace(direct, postgres=direct.postgres.at(port)), rounds, delay)


def _bench(sandbox: Sandbox, direct: Contenders, contenders: Contenders, rounds: int, delay: float) -> None:
    few = (rounds + 1) // 2
    say("bench", f"{rounds} round(s), {few} with 1,000 migrations{f', {delay:g} ms each way' if delay else ''}; {load()}")
    print(row("", "who", "wall", "processor", "memory", "/ drizzle-kit", "/ drizzle-orm", "/ runner"))
    every = contenders.all()
    for title, who, name, pending, times in (
        ("100 from empty", every, "100", True, rounds),
        ("nothing pending", every, "100", False, rounds),
        ("1,000 from empty", every, "1000", True, few),
        ("10 MB of inserts", contenders.of_large_files(), "rows", True, few),
    ):
        for line in table(title, _compare(sandbox, direct.postgres, who, name, pending, times)):
            print(line, flush=True)
    say("bench", f"at the end: {load()}")


def table(title: str, measurements: Mapping[str, Sequence[Measurement]]) -> list[str]:
    """A line for each contender: its medians, and the ratios of the wall times."""
    lines = []
    for name, own in measurements.items():
        figures = [f"{median(wall, own):.0f} ms", f"{median(processor, own):.0f} ms", f"{median(memory, own):.0f} MB"]
        ratios = [f"{ratio(own, measurements[other]):.2f}" for other in ("drizzle-kit", "drizzle-orm", "runner-drizzle")]
        lines.append(row(title, name, *figures, *ratios))
    return lines


def row(title: str, who: str, wall: str, processor: str, memory: str, to_kit: str, to_orm: str, to_runner: str) -> str:
    return f"{title:<22} {who:<17} {wall:>9} {processor:>9} {memory:>8} {to_kit:>13} {to_orm:>13} {to_runner:>10}"


def _prepare(settings: Settings, sandbox: Sandbox, runner: Path, postgres: Path) -> Contenders:
    say("bench", "unpacking the images")
    image, server = sandbox.unpack("runner", runner), PostgresServer(sandbox.unpack("postgres", postgres))
    check_both_archives(image)
    tools = other_tools.install(settings)
    shutil.copytree(tools.flyway, image.root / "bench/flyway-jars")
    image.write("bench/credentials/username", "postgres")
    image.write("bench/credentials/password", PASSWORD)
    for count in COUNTS:
        write_forms(image.root / f"bench/{count}", count)
    write_rows(image.root / "bench/rows", ROWS)
    files = {str(count): write_files(server.image.root / f"bench/{count}", count) for count in COUNTS}
    files["rows"] = write_rows_file(server.image.root / "bench/rows", ROWS)
    server.start(sandbox)
    return Contenders(image, server, tools, files, sandbox.folder)


def _compare(
    sandbox: Sandbox, postgres: PostgresServer, every: Sequence[Contender], name: str, pending: bool, rounds: int
) -> dict[str, list[Measurement]]:
    measurements: dict[str, list[Measurement]] = {contender.name: [] for contender in every}
    for turn in range(rounds + 1):
        for contender in every:
            database = contender.name.replace("-", "_")
            if pending:
                postgres.query("postgres", f"drop database if exists {database}", f"create database {database}")
            measured = measure(contender.name, contender.command(database, name, pending), sandbox.folder)
            if turn > 0:  # the first warms the caches of the disk
                measurements[contender.name].append(measured)
            if pending and turn == 0:
                _check_complete(postgres, contender.name, database, name)
    return measurements


def _check_complete(postgres: PostgresServer, who: str, database: str, name: str) -> None:
    """Nobody is quick by leaving something out."""
    if name == "rows":
        made, wanted, what = postgres.query(database, "select count(*) from filled"), ROWS, "rows"
    else:
        made = postgres.query(database, "select count(*) from pg_class where relname ~ '^item[0-9]+(_name)?$'")
        wanted, what = 2 * int(name), "tables and indexes"
    if int(made) != wanted:
        raise Failure(f"{who} made {made.strip()} {what} of {wanted}")
