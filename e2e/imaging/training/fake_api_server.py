"""A server that plays an API server for one pod that waits: it is out of service, then there is no migration, then one that isn't applied, then
an applied one; by turns with each of its certificates."""

from __future__ import annotations

import http.server
import json
import socket
import ssl
from pathlib import Path
from typing import Any

Answer = tuple[int, dict[str, Any]]


def migration(generation: int, *applied: str) -> dict[str, Any]:
    revisions = [{"revision": revision, "target": "t"} for revision in applied]
    ready = {"type": "Ready", "status": "False", "reason": "Running", "message": "it runs"}
    status = {
        "observedGeneration": 1,
        "revision": "2",
        "target": "t",
        "appliedRevisions": revisions,
        "conditions": [ready],
    }
    return {"kind": "DatabaseMigration", "metadata": {"name": "shop", "generation": generation}, "status": status}


def answers() -> list[Answer]:
    """What is answered to one GET after the other."""
    missing = {"kind": "Status", "code": 404, "details": {"name": "shop"}}
    return [(503, {}), (404, missing), (200, migration(1, "1")), (200, migration(1, "2", "1"))]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeApiServer

    def do_GET(self) -> None:
        if "watch=true" in self.path:
            self._answer_watch()
        else:
            code, content = self.server.answers.pop(0)
            body = json.dumps(content).encode()
            self._begin(code, "Content-Length", str(len(body)))
            self.wfile.write(body)

    def _answer_watch(self) -> None:
        self._begin(200, "Transfer-Encoding", "chunked")
        for changed in migration(2, "1"), migration(1, "2"):
            line = json.dumps({"type": "MODIFIED", "object": changed}).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def _begin(self, code: int, *header: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header(*header)
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class FakeApiServer(http.server.HTTPServer):
    def __init__(self, folder: Path, certificates: list[str]) -> None:
        """The certificates are files in a folder, without .key and .crt."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers()
        self.contexts = []
        for name in certificates:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / f"{name}.crt", folder / f"{name}.key")
            self.contexts.append(context)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.contexts.append(self.contexts.pop(0))
        return self.contexts[0].wrap_socket(connection, server_side=True), address

    def handle_error(self, *_: object) -> None:
        pass
