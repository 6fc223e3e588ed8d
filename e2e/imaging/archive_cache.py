"""A folder of built archives: each is named by its image and the stamp of its inputs."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from imaging.image_definition import Image
from imaging.programs import say

KEPT_SECONDS = 10 * 60 * 60
"""How long an archive stays when there is a newer one: others may be using it."""


class ArchiveCache:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Lets one process build at a time; another one waits."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            os.set_inheritable(lock.fileno(), True)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("images", "another build is running, waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def archive(self, image: Image) -> Path:
        """An image's archive; built if there is none of these inputs."""
        path = self.folder / f"{image.name}-{image.stamp()}.tar"
        if not path.exists():
            self._build(image, path)
        return path

    def _build(self, image: Image, path: Path) -> None:
        started = time.monotonic()
        say("images", f"building {image.name}, about {image.seconds} s")
        with self._work_folder(image.name) as work:
            made = work / "image.tar"
            image.build(work, made)
            made.replace(path)
        self._name_latest(image.name, path)
        self._prune(image.name, path)
        say("images", f"built {image.name} in {time.monotonic() - started:.0f} s")

    @contextlib.contextmanager
    def _work_folder(self, name: str) -> Iterator[Path]:
        work = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=self.folder))
        try:
            yield work
        finally:
            # what an interrupted build mounted in there stays
            subprocess.run(["rm", "-rf", "--one-file-system", work], check=False)

    def _name_latest(self, name: str, path: Path) -> None:
        link = self.folder / f"{name}.tar.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(path.name)
        link.replace(self.folder / f"{name}.tar")

    def _prune(self, name: str, kept: Path) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self.folder.iterdir():
            if (
                re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{12}}\.tar", path.name)
                and path != kept
                and path.stat().st_mtime < oldest
            ):
                path.unlink()
