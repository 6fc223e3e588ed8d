"""Measures what the images do: the runner beside psql, plain Liquibase 4.33.0 (the one in the runner's image), Flyway, drizzle-kit and drizzle-orm,
what a rehearsal costs it, the operator at scale, and the init container.

  runner     5 rounds, 3 of them with 1,000 migrations and with 10 MB of INSERTs; about 7 minutes. In each the contenders take turns, on databases of one local PostgreSQL
             (that of the test image, without fsync); the table has medians, and the ratios of the wall times. Wants Node 20 and npm; installs
             drizzle-kit, drizzle-orm and Flyway in ~/.cache/sluice (SLUICE_CACHE moves it). With --delay 1ms a proxy between every
             contender and the server holds back each direction, as a network does.
  rehearsal  10 rounds, 40 with nothing pending; about a minute. The image's runner with SLUICE_REHEARSAL=Enforce beside the same with Never:
             5 and 100 migrations from empty, nothing pending. Medians, what the rehearsal adds, the ratio, and the goal.
  operator   3 rounds, 10,000 objects; about 12 minutes. Starts etcd and kube-apiserver by itself (no node, no kubelet: the bench plays
             Job controller and kubelet) and the operator with the rights of deploy/install.yaml. --objects 1000 is the short form.
  wait       50 starts of the init container, of which every pod pays one, beside the same command of the runner's image and an empty
             process; then 1,000 pods that wait, by a watch and by polling. About 3 minutes. Starts an API server likewise.
  none       runner and operator in short: 3 rounds, 1,000 objects; about 7 minutes

Images are built first where they aren't there. Needs root, for it runs the images' own programs in their own root folders. Numbers of a
busy machine mean little: it prints the load.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from imaging.bench.delay import milliseconds
from imaging.bench.operator_bench import bench_operator
from imaging.bench.rehearsal_bench import bench_rehearsal
from imaging.bench.runner_bench import bench_runner
from imaging.bench.wait_bench import bench_wait
from imaging.programs import output, run_main
from imaging.sandbox.sandbox import Sandbox, enter_own_mounts
from imaging.settings import Settings


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"wants a number: {text or 'nothing'}")
    return int(text)


def delay(text: str) -> float:
    try:
        return milliseconds(text)
    except ValueError as e:
        raise argparse.ArgumentTypeError(str(e)) from None


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "e2e/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=["runner", "rehearsal", "operator", "wait"])
    parser.add_argument("--rounds", type=positive, metavar="N", help="rounds, or starts of the init container")
    parser.add_argument("--objects", type=positive, metavar="N")
    parser.add_argument(
        "--delay", type=delay, default=0.0, metavar="1ms", help="holds back each direction between runner and server"
    )
    return parser.parse_args(argv)


def main() -> None:
    chosen = arguments()
    enter_own_mounts("imaging.bench")
    settings = Settings.of_environment(os.environ)
    if chosen.what in ("runner", None):
        runner, postgres = _archives(settings, "runner", "postgres")
        with Sandbox() as sandbox:
            bench_runner(settings, sandbox, runner, postgres, chosen.rounds or (5 if chosen.what else 3), chosen.delay)
    if chosen.what == "rehearsal":
        runner, postgres = _archives(settings, "runner", "postgres")
        with Sandbox() as sandbox:
            bench_rehearsal(sandbox, runner, postgres, chosen.rounds or 10)
    if chosen.what in ("operator", None):
        (operator,) = _archives(settings, "operator")
        with Sandbox() as sandbox:
            bench_operator(
                settings, sandbox, operator, chosen.rounds or 3, chosen.objects or (10000 if chosen.what else 1000)
            )
    if chosen.what == "wait":
        wait, runner = _archives(settings, "wait", "runner")
        with Sandbox() as sandbox:
            bench_wait(settings, sandbox, wait, runner, chosen.rounds or 50)


def _archives(settings: Settings, *names: str) -> list[Path]:
    printed = output([settings.e2e / "images", *names], "the images could not be built: see the lines above")
    return [Path(line) for line in printed.splitlines()]


if __name__ == "__main__":
    run_main("bench", main)
