"""The folder of a sandbox: what is unpacked and started in it goes when it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from imaging.programs import Command, Failure
from imaging.sandbox.unpacked_image import UnpackedImage

SECONDS_TO_END = 30


class Sandbox:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.images: list[UnpackedImage] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.throwaway: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.throwaway:
            process.kill()
        for process in [*self.processes, *self.throwaway]:
            _wait(process)
        for image in self.images:
            image.unmount()
        subprocess.run(["rm", "-rf", "--one-file-system", self.folder], check=False)

    def unpack(self, name: str, archive: Path) -> UnpackedImage:
        image = UnpackedImage(self.folder / name)
        self.images.append(image)
        image.unpack(archive)
        return image

    def start(self, command: Command, log: Path) -> subprocess.Popen[bytes]:
        """Starts a process that is asked to end."""
        return self._start(command, log, self.processes)

    def start_throwaway(self, command: Command, log: Path, **options: Any) -> subprocess.Popen[bytes]:
        """Starts a process that is killed at the end: it would take its time, for data that goes anyway."""
        return self._start(command, log, self.throwaway, **options)

    def _start(
        self, command: Command, log: Path, kept: list[subprocess.Popen[bytes]], **options: Any
    ) -> subprocess.Popen[bytes]:
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, **options
            )
        kept.append(process)
        return process


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def enter_own_mounts(module: str) -> None:
    """Starts this program again in a mount namespace of its own, so that its mounts go when it ends."""
    if os.geteuid() != 0:
        raise Failure("root is needed to run the images' programs: run this with sudo")
    if os.environ.get("SLUICE_MOUNTS") != module:
        command = ["unshare", "--mount", "--propagation", "private", sys.executable, "-m", module, *sys.argv[1:]]
        os.execvpe(command[0], command, {**os.environ, "SLUICE_MOUNTS": module})
