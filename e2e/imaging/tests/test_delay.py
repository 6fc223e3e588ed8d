"""The delay between a tool and its server."""

from __future__ import annotations

import socket
import threading
import time
import unittest

from imaging.bench.delay import delayed, milliseconds


class DelayTest(unittest.TestCase):
    def setUp(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        threading.Thread(target=self._echo, daemon=True).start()

    def _echo(self) -> None:
        try:
            connection, _ = self.listener.accept()
        except OSError:  # a test that never connects closes it
            return
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    def test_holds_back_each_direction_and_keeps_the_order(self) -> None:
        with delayed(self.listener.getsockname()[1], 30) as port:
            with socket.create_connection(("127.0.0.1", port)) as client:
                began = time.monotonic()
                for part in (b"one ", b"two ", b"three"):
                    client.sendall(part)
                answer = b""
                while len(answer) < 13:
                    answer += client.recv(4096)
                took = time.monotonic() - began
        self.assertEqual(answer, b"one two three")
        self.assertGreaterEqual(took, 0.06)

    def test_closes_when_one_side_is_gone(self) -> None:
        with delayed(self.listener.getsockname()[1], 1) as port:
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.shutdown(socket.SHUT_WR)
                self.assertEqual(client.recv(10), b"")

    def test_reads_milliseconds(self) -> None:
        self.assertEqual(milliseconds("1ms"), 1.0)
        self.assertEqual(milliseconds("0.5ms"), 0.5)
        with self.assertRaisesRegex(ValueError, "1s"):
            milliseconds("1s")


if __name__ == "__main__":
    unittest.main()
