"""Waiting for processes, and for ports that are free."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from imaging.programs import Failure, last_lines

EVERY = 0.1


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def until_true(
    condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, failure: str, seconds: float = 30
) -> None:
    """Asks again until a condition holds; fails with the end of the process's log when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"{failure}:\n{last_lines(log.read_text(errors='replace'))}")
        time.sleep(EVERY)
