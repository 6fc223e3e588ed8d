"""etcd and kube-apiserver alone, without a node."""

from __future__ import annotations

import secrets
import subprocess
from pathlib import Path

from imaging.programs import output
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.waiting import free_port, until_true

OPERATOR = "system:serviceaccount:sluice-system:sluice"
AUDIT = f"""
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
  - {{level: Metadata, users: ["{OPERATOR}"]}}
  - {{level: Metadata, namespaces: [single, crowd], verbs: [create, patch]}}
  - {{level: None}}
"""


class ApiServer:
    """The audit log has what the operator asks, and what the bench writes in its namespaces."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.port = free_port()
        self.process_id = 0
        self.admin = secrets.token_hex(16)
        """The token of its administrator."""

    @classmethod
    def start(cls, repository: Path, sandbox: Sandbox) -> ApiServer:
        programs = Path(
            output([repository / "e2e/cluster/build"], "the API server could not be built: see the lines above").strip()
        )
        server = cls(programs, sandbox.folder / "api")
        server.folder.mkdir()
        etcd = server._start_etcd(sandbox)
        server._write_files()
        server._start_server(sandbox, etcd)
        return server

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def certificate(self) -> bytes:
        return (self.folder / "apiserver.crt").read_bytes()

    def kubectl(self, *arguments: str, text: str | None = None) -> str:
        return output(self._kubectl(*arguments), text=text)

    def answers(self, *arguments: str) -> bool:
        """Whether kubectl with these arguments ends well."""
        return (
            subprocess.run(
                self._kubectl(*arguments), stdin=subprocess.DEVNULL, capture_output=True, check=False
            ).returncode
            == 0
        )

    def install(self, manifest: Path) -> None:
        """Applies a manifest that has Sluice's CRD in it."""
        self.kubectl("apply", "--server-side", "-f", str(manifest))
        self.kubectl("wait", "--for=condition=Established", "crd/databasemigrations.sluice.dev")

    def patch_status(self, namespace: str, name: str, patch: str) -> None:
        self.kubectl("-n", namespace, "patch", name, "--subresource=status", "--type=merge", "-p", patch)

    def _kubectl(self, *arguments: str) -> list[str | Path]:
        server = [
            "--kubeconfig=/dev/null",
            f"--server={self.url}",
            f"--token={self.admin}",
            "--insecure-skip-tls-verify",
        ]
        return [self.programs / "kubectl", *server, *arguments]

    def _start_etcd(self, sandbox: Sandbox) -> str:
        client, peer = f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"
        urls = [
            "--listen-client-urls",
            client,
            "--advertise-client-urls",
            client,
            "--listen-peer-urls",
            peer,
            "--initial-advertise-peer-urls",
            peer,
        ]
        command: list[str | Path] = [
            self.programs / "etcd",
            "--data-dir",
            sandbox.folder / "etcd",
            *urls,
            "--initial-cluster",
            f"default={peer}",
            "--unsafe-no-fsync",
        ]
        sandbox.start_throwaway(command, self.folder / "etcd.log")
        return client

    def _write_files(self) -> None:
        output(["openssl", "genrsa", "-out", self.folder / "sa.key", "2048"])
        (self.folder / "tokens").write_text(f"{self.admin},admin,admin,system:masters\n")
        (self.folder / "audit.yaml").write_text(AUDIT)

    def _start_server(self, sandbox: Sandbox, etcd: str) -> None:
        key, log = self.folder / "sa.key", self.folder / "kube-apiserver.log"
        options: list[str | Path] = [
            f"--etcd-servers={etcd}",
            f"--secure-port={self.port}",
            "--bind-address=127.0.0.1",
            f"--cert-dir={self.folder}",
        ]
        options += [
            "--authorization-mode=RBAC",
            f"--token-auth-file={self.folder}/tokens",
            "--service-cluster-ip-range=10.96.0.0/16",
        ]
        # no controllers are there to make ServiceAccounts
        options += [
            "--disable-admission-plugins=ServiceAccount",
            "--service-account-issuer=https://kubernetes.default.svc",
        ]
        options += [f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}"]
        options += [f"--audit-policy-file={self.folder}/audit.yaml", f"--audit-log-path={self.folder}/audit.log"]
        process = sandbox.start_throwaway([self.programs / "kube-apiserver", *options], log)
        self.process_id = process.pid
        until_true(
            lambda: self.answers("get", "--raw", "/readyz"), process, log, "the API server doesn't start", seconds=180
        )
