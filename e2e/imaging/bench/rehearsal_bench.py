"""What a rehearsal costs: the image's runner with SLUICE_REHEARSAL=Enforce beside the same with Never, in turns on one local PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from imaging.bench.contenders import runner_command
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
from imaging.bench.migration_forms import write_forms
from imaging.programs import Failure, say
from imaging.sandbox.postgres_server import PASSWORD, PostgresServer
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.training.class_archives import check_both_archives

WITHOUT, WITH = "Never", "Enforce"


@dataclass(frozen=True)
class Case:
    title: str
    count: int
    pending: bool
    goal: str
    times: int = 1
    """How many measurements a round has: what is to be equal wants more of them."""


CASES = [
    Case("5 from empty", 5, True, "0.6 s more"),
    Case("100 from empty", 100, True, "1.5 s more"),
    Case("nothing pending", 100, False, "1.00, by 0.03", 4),
]


def bench_rehearsal(sandbox: Sandbox, runner: Path, postgres: Path, rounds: int) -> None:
    say("bench", "unpacking the images")
    image, server = sandbox.unpack("runner", runner), PostgresServer(sandbox.unpack("postgres", postgres))
    check_both_archives(image)
    image.write("bench/credentials/username", "postgres")
    image.write("bench/credentials/password", PASSWORD)
    for count in {case.count for case in CASES}:
        write_forms(image.root / f"bench/{count}", count)
    scratch = image.root / "rehearsal"  # as the volume in a pod
    scratch.mkdir()
    scratch.chmod(0o777)
    server.start(sandbox)
    say("bench", f"{rounds} round(s), {load()}")
    print("\n".join(heading()))
    for case in CASES:
        for line in table(case, _compare(sandbox, image, server, case, rounds * case.times)):
            print(line, flush=True)
    say("bench", f"at the end: {load()}")


def heading() -> list[str]:
    return [_row("", "rehearsal", "wall", "processor", "memory", "more", "ratio", "goal")]


def table(case: Case, measurements: Mapping[str, Sequence[Measurement]]) -> list[str]:
    """A line without and one with: medians, what the rehearsal adds, and the ratio of the wall times."""
    lines, without = [], measurements[WITHOUT]
    for mode, own in measurements.items():
        figures = [f"{median(wall, own):.0f} ms", f"{median(processor, own):.0f} ms", f"{median(memory, own):.0f} MB"]
        more = f"{(median(wall, own) - median(wall, without)) / 1000:.2f} s"
        compared = [more, f"{ratio(own, without):.2f}", case.goal] if mode == WITH else ["", "", ""]
        lines.append(_row(case.title, mode, *figures, *compared))
    return lines


def _row(title: str, mode: str, wall: str, processor: str, memory: str, more: str, ratio: str, goal: str) -> str:
    return f"{title:<16} {mode:<9} {wall:>9} {processor:>9} {memory:>8} {more:>8} {ratio:>6}  {goal}".rstrip()


def _compare(
    sandbox: Sandbox, image: UnpackedImage, server: PostgresServer, case: Case, times: int
) -> dict[str, list[Measurement]]:
    measurements: dict[str, list[Measurement]] = {WITHOUT: [], WITH: []}
    for turn in range(times + 1):
        for mode in (WITHOUT, WITH) if turn % 2 else (WITH, WITHOUT):
            database = f"rehearsal_{mode.lower()}"
            if case.pending:
                server.query("postgres", f"drop database if exists {database}", f"create database {database}")
            variables = {"SLUICE_REHEARSAL": mode}
            if mode == WITH:
                variables["SLUICE_REHEARSAL_DIR"] = "/rehearsal"
            root = f"/bench/{case.count}/drizzle"
            command = runner_command(image, server.port, database, root, ".", variables)
            measured = measure(mode, command, sandbox.folder)
            _check(image, case, mode)
            if turn > 0:  # the first warms the caches of the disk
                measurements[mode].append(measured)
    return measurements


def _check(image: UnpackedImage, case: Case, mode: str) -> None:
    """Nobody is quick by leaving something out."""
    report = json.loads((image.root / "dev/termination-log").read_text())
    rehearsed = report.get("rehearsal", {}).get("result")
    applied = report.get("applied", 0)
    expected = (case.count if case.pending else 0, "Passed" if case.pending and mode == WITH else None)
    if (applied, rehearsed) != expected:
        raise Failure(f"{case.title} with {mode}: {applied} applied, the rehearsal {rehearsed}; expected {expected}")
