"""Makes the class archives of an image, from records of real runs. e2e/images calls it; needs root.

The image's own program runs in the image's own root folder.
  runner RUNNER_ARCHIVE POSTGRES_ARCHIVE FOLDER   makes FOLDER/sluice.aot and FOLDER/sluice.jsa; about 30 s
  operator OPERATOR_ARCHIVE CACHE                 needs e2e/cluster/build; about 15 s
  wait WAIT_ARCHIVE CACHE                         about 5 s
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from imaging.programs import run_main
from imaging.sandbox.sandbox import Sandbox, enter_own_mounts
from imaging.training import operator_training, runner_training, wait_training

TRAININGS: dict[str, tuple[Callable[..., None], list[str]]] = {
    "runner": (runner_training.train, ["RUNNER_ARCHIVE", "POSTGRES_ARCHIVE", "FOLDER"]),
    "operator": (operator_training.train, ["OPERATOR_ARCHIVE", "CACHE"]),
    "wait": (wait_training.train, ["WAIT_ARCHIVE", "CACHE"]),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        "imaging.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    trainings = parser.add_subparsers(required=True, dest="image")
    for name, (_, arguments) in TRAININGS.items():
        training = trainings.add_parser(name)
        for argument in arguments:
            training.add_argument(argument, type=Path)
    chosen = parser.parse_args()
    enter_own_mounts("imaging.training")
    train, arguments = TRAININGS[chosen.image]
    with Sandbox() as sandbox:
        train(sandbox, *(getattr(chosen, argument) for argument in arguments))


if __name__ == "__main__":
    run_main("training", main)
