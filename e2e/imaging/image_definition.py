"""What an image is: a name, the inputs that its stamp covers, and a step that builds it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from imaging.java_runtime import Jdk, find_jdk
from imaging.settings import Settings
from imaging.stamp import contents, python_sources, stamp


class Image(ABC):
    name: str
    """What e2e/images calls it."""
    seconds: int
    """About how long its build takes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @abstractmethod
    def inputs(self) -> list[str]:
        """Everything that it is built from: an image with other inputs is another one."""

    @abstractmethod
    def build(self, work: Path, archive: Path) -> None:
        """Makes its archive, with the help of an empty folder."""

    def stamp(self) -> str:
        return stamp(
            [
                *self.inputs(),
                contents(self.settings.repository, "e2e/cluster/image"),
                python_sources(self.settings.repository, "e2e/imaging"),
            ]
        )

    @property
    def jdk(self) -> Jdk:
        return find_jdk(self.settings.java_homes)

    def sources(self, *paths: str) -> str:
        """The names and hashes of the repository's files at or below these paths."""
        return contents(self.settings.repository, *paths)
