"""A proxy that holds back what passes, in each direction for the same time: a network between a tool and its server."""

from __future__ import annotations

import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

CHUNK = 65536


def milliseconds(text: str) -> float:
    """Of a delay as it is typed, for example 1ms or 0.5ms."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)ms", text)
    if not found:
        raise ValueError(f"wants milliseconds, as in 1ms: {text}")
    return float(found[1])


@contextmanager
def delayed(port: int, delay_ms: float) -> Iterator[int]:
    """The port of a proxy in front of a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        _start(lambda: _accept(listener, port, delay_ms / 1000))
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def _start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _accept(listener: socket.socket, port: int, delay: float) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return  # it is closed
        try:
            far = socket.create_connection(("127.0.0.1", port))
        except OSError:
            near.close()
            continue
        for side in (near, far):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _start(partial(_connect, near, far, delay))


def _connect(near: socket.socket, far: socket.socket, delay: float) -> None:
    with near, far:
        for thread in (_pass(near, far, delay), _pass(far, near, delay)):
            thread.join()


def _pass(source: socket.socket, target: socket.socket, delay: float) -> threading.Thread:
    """What comes while something is held back isn't held back longer. No data: the source has ended."""
    held: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

    def read() -> None:
        data = b"begins"
        while data:
            try:
                data = source.recv(CHUNK)
            except OSError:
                data = b""
            held.put((time.monotonic() + delay, data))

    def write() -> None:
        data = b"begins"
        while data:
            due, data = held.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                target.sendall(data) if data else target.shutdown(socket.SHUT_WR)
            except OSError:
                return  # the other side has ended

    _start(read)
    return _start(write)
