"""What several tests need: a repository with a few files."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

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
