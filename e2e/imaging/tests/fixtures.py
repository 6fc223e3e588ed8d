"""What several tests need: a repository with a few files, and an image that is built from one of them."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from imaging.image_definition import Image
from imaging.settings import Settings


def settings(repository: Path, **changes: object) -> Settings:
    values = {
        "repository": repository,
        "cache": repository / "cache",
        "operator_tag": "dev",
        "java_homes": (),
        "root": False,
    }
    return Settings(**{**values, **changes})  # type: ignore[arg-type]


class WithRepository(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository = Path(folder.name).resolve()
        self.settings = settings(self.repository)

    def write(self, path: str, content: str = "content") -> Path:
        file = self.repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        return file


class ShopImage(Image):
    """Contains what shop/page says, and how often it was built."""

    name = "shop"
    seconds = 1

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.builds = 0
        self.works: list[Path] = []

    def inputs(self) -> list[str]:
        return [self.sources("shop")]

    def build(self, work: Path, archive: Path) -> None:
        self.builds += 1
        self.works.append(work)
        archive.write_text(f"{(self.settings.repository / 'shop/page').read_text()} {self.builds}")
