"""An image's root folder, in which its programs run as in a container."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from imaging import docker_archive
from imaging.programs import run

DEVICES = ["null", "zero", "random", "urandom"]
ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount"


class UnpackedImage:
    def __init__(self, root: Path) -> None:
        self.root = root

    def unpack(self, archive: Path) -> None:
        docker_archive.unpack(archive, self.root)
        for folder in ("proc", "dev", "tmp"):
            (self.root / folder).mkdir(exist_ok=True)
        (self.root / "tmp").chmod(0o1777)
        self._mount("proc")
        for device in DEVICES:
            (self.root / "dev" / device).touch()
            self._mount(f"dev/{device}")
        (self.root / "dev/fd").symlink_to("/proc/self/fd")
        (self.root / "dev/stdin").symlink_to("/proc/self/fd/0")
        termination_log = self.root / "dev/termination-log"
        termination_log.touch()
        termination_log.chmod(0o666)

    def unmount(self) -> None:
        mounted = ["proc", *(f"dev/{device}" for device in DEVICES)]
        subprocess.run(
            ["umount", "--recursive", *(self.root / path for path in mounted)], stderr=subprocess.DEVNULL, check=False
        )

    def command(self, program: Sequence[str], environment: Mapping[str, str] | None = None) -> list[str]:
        """Runs a program as the image's user, with nothing of this environment but what is given."""
        variables = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", **(environment or {})}
        return [
            "env",
            "-i",
            *("=".join(variable) for variable in variables.items()),
            "chroot",
            f"--userspec={docker_archive.USER}",
            str(self.root),
            *program,
        ]

    def run(
        self, program: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program to its end; both of its outputs are one."""
        command = self.command(program, environment)
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def write(self, path: str, content: str | bytes) -> Path:
        """Writes a file, with the folders that it is in; its path in the image is given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def give_account(self, namespace: str, token: str, certificates: bytes) -> None:
        """Puts there what a pod has of its service account."""
        self.write(f"{ACCOUNT}/namespace", namespace)
        self.write(f"{ACCOUNT}/token", token)
        self.write(f"{ACCOUNT}/ca.crt", certificates)

    def _mount(self, path: str) -> None:
        run(["mount", "--bind", f"/{path}", self.root / path], f"/{path} could not be mounted: see the line above")
