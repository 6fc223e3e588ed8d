"""Running other programs, and reporting to the person at the terminal."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Command = Sequence[str | Path]
STDOUT, STDERR = 1, 2


class Failure(Exception):
    """What went wrong and what to do about it."""


def say(program: str, text: str) -> None:
    print(f"{program}: {text}", file=sys.stderr, flush=True)


def require(program: str, remedy: str) -> None:
    """Fails with a remedy if a program isn't installed."""
    if shutil.which(program) is None:
        raise Failure(remedy)


def run(
    command: Command,
    failure: str,
    *,
    cwd: Path | None = None,
    text: str | None = None,
    variables: Mapping[str, str] | None = None,
    stdout: int = STDERR,
) -> None:
    """Runs a program to its end; `text` is its input."""
    ended = _ended(command, text, cwd=cwd, stdout=stdout, env={**os.environ, **(variables or {})})
    if ended.returncode:
        raise Failure(failure)


def maven(arguments: Sequence[str], failure: str, *, cwd: Path) -> None:
    """Runs Maven; its lines go to standard error."""
    require("mvn", "Maven isn't installed: install Maven 3.8 or newer and put it on the PATH")
    run(["mvn", "-q", "-B", "-ntp", *arguments], f"{failure}: see Maven's lines above", cwd=cwd)


def output(command: Command, failure: str | None = None, *, text: str | None = None) -> str:
    """A program's standard output; without a `failure` to report, its last lines of standard error are the reason."""
    ended = _ended(command, text, stdout=subprocess.PIPE, stderr=None if failure else subprocess.PIPE)
    if ended.returncode:
        raise Failure(failure or f"{Path(command[0]).name} failed: {last_lines(ended.stderr)}")
    return ended.stdout


def last_lines(text: str, count: int = 20) -> str:
    return "\n".join(text.splitlines()[-count:])


def _start(command: Command, *, text: str | None, **options: Any) -> subprocess.Popen[str]:
    stdin = subprocess.DEVNULL if text is None else subprocess.PIPE
    try:
        # close_fds: a build that outlives this program keeps the lock that it inherited
        return subprocess.Popen(command, stdin=stdin, encoding="utf-8", errors="replace", close_fds=False, **options)
    except FileNotFoundError as e:
        raise Failure(f"{command[0]} isn't installed: install it and put it on the PATH") from e


def _ended(command: Command, text: str | None, **options: Any) -> subprocess.CompletedProcess[str]:
    process: subprocess.Popen[str] | None = None
    try:
        with signals_later():
            process = _start(command, text=text, **options)
        out, err = process.communicate(text)
        return subprocess.CompletedProcess(command, process.returncode, out, err)
    except BaseException as e:  # let it delete what it made, as it would by itself
        if process is not None:
            _end(process, of_terminal=isinstance(e, KeyboardInterrupt))
        raise


def _end(process: subprocess.Popen[str], *, of_terminal: bool) -> None:
    if not of_terminal:  # of which the terminal informs both
        process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def signals_later() -> Iterator[None]:
    """What a signal raises is raised at the end: a program that is just being started has to be known by then, to be ended."""
    if threading.current_thread() is not threading.main_thread():  # no signal raises anything there
        yield
        return
    came: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {number: handler for number in numbers if callable(handler := signal.getsignal(number))}
    for number in before:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in came:
        signal.raise_signal(number)


def run_main(program: str, main: Callable[[], None]) -> None:
    """Runs a command line: a failure is one line and exit code 1; a signal unwinds, so that what was opened gets closed."""
    os.umask(0o022)  # modes of files in images aren't those of whoever builds them
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    signal.signal(signal.SIGHUP, lambda number, _: sys.exit(128 + number))
    try:
        main()
    except Failure as e:
        say(program, str(e))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
