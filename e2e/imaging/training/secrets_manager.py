"""A server that answers as AWS Secrets Manager with the login of one database."""

from __future__ import annotations

import http.server
import json


def answer(port: int, password: str) -> bytes:
    """What GetSecretValue returns for a database on this machine."""
    login = {"username": "postgres", "password": password, "host": "localhost", "port": port}
    return json.dumps({"ARN": "a", "Name": "n", "VersionId": "1", "SecretString": json.dumps(login)}).encode()


def secrets_manager(port: int, password: str) -> http.server.HTTPServer:
    secret = answer(port, password)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(secret)))
            self.end_headers()
            self.wfile.write(secret)

        def log_message(self, *_: object) -> None:
            pass

    return http.server.HTTPServer(("127.0.0.1", 0), Handler)
