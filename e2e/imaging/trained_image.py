"""Images with class archives of their program."""

from __future__ import annotations

import sys
from pathlib import Path

from imaging.image_definition import Image
from imaging.programs import run, say
from imaging.stamp import python_sources

TRAINING = ["e2e/imaging/sandbox", "e2e/imaging/training"]


class TrainedImage(Image):
    """An image with class archives of its program: they are recorded in the image as it is without them, as root."""

    def training_inputs(self) -> list[str]:
        return [python_sources(self.settings.repository, *TRAINING), f"root: {self.settings.root}"]

    def can_train(self, lost: str) -> bool:
        if not self.settings.root:
            say("images", f"without root there {lost}: it starts more slowly")
        return self.settings.root

    def train(self, failure: str, *arguments: str | Path) -> None:
        run(
            [sys.executable, "-m", "imaging.training", self.name, *arguments],
            f"{failure} could not be made: see the lines above",
            cwd=self.settings.e2e,
        )
