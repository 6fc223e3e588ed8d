"""The hash of everything that an image is built from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

IGNORED = {"__pycache__", ".idea", ".vscode"}


def stamp(inputs: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change when an input does."""
    digest = hashlib.sha256()
    for text in inputs:
        data = text.encode()
        digest.update(b"%d\n%s\n" % (len(data), data))
    return digest.hexdigest()[:12]


def contents(repository: Path, *paths: str) -> str:
    """The names and hashes of the repository's files at or below these paths: what may get into an image, without tests and build output."""
    found = {file for path in paths for file in _files(repository / path)}
    return "".join(f"{_hash(file)}  {file.relative_to(repository)}\n" for file in sorted(found))


def python_sources(repository: Path, *packages: str) -> str:
    """The same of the Python files in these folders, without those of folders in them."""
    return contents(
        repository,
        *(str(file.relative_to(repository)) for package in packages for file in (repository / package).glob("*.py")),
    )


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not _is_left_out(Path(folder), name)]
        yield from (Path(folder, name) for name in files if not name.endswith(".iml"))


def _is_left_out(parent: Path, name: str) -> bool:
    is_test = name == "test" and parent.name == "src"
    is_build_output = name == "target" and (parent / "pom.xml").exists()
    return is_test or is_build_output or name in IGNORED


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
