"""Certificates that sign themselves, made by openssl."""

from __future__ import annotations

from pathlib import Path

from imaging.programs import output

RSA = ["rsa:2048"]
ELLIPTIC = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]


def make_certificate(folder: Path, file: str, kind: list[str], name: str, alternative: str) -> None:
    """Makes FILE.key and FILE.crt for a server of this name, such as DNS:localhost."""
    subject = ["-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName={alternative}"]
    output(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            *kind,
            *subject,
            "-keyout",
            folder / f"{file}.key",
            "-out",
            folder / f"{file}.crt",
        ]
    )
