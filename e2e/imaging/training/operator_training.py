"""Makes the AOT cache of the operator's image: its program finds an API server as in a pod, starts a run for a migration, reports its end,
opens a gate and is asked for its figures."""

from __future__ import annotations

import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from imaging.sandbox.api_server import ApiServer
from imaging.sandbox.run_pod import play
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.sandbox.waiting import free_port, until_true
from imaging.settings import REPOSITORY
from imaging.training.class_archives import (
    JAVA,
    aot_options,
    argument_file,
    check_aot_cache,
    place,
    training_arguments,
)

OBJECTS = """
apiVersion: sluice.dev/v1alpha1
kind: DatabaseMigration
metadata: {name: shop}
spec:
  image: localhost/shop-migrations:1
  changelog: {path: root.yaml}
  database: {host: db, name: shop, credentials: {secret: {name: shop-db}}}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, annotations: {sluice.dev/requires: shop@1}}
spec:
  schedulingGates: [{name: sluice.dev/migration}]
  containers: [{name: shop, image: localhost/shop:1}]
"""


def train(sandbox: Sandbox, archive: Path, cache: Path) -> None:
    image = sandbox.unpack("operator", archive)
    server = ApiServer.start(REPOSITORY, sandbox)
    server.install(REPOSITORY / "deploy/install.yaml")
    image.give_account(
        "sluice-system",
        server.kubectl("-n", "sluice-system", "create", "token", "sluice", "--duration=1h"),
        server.certificate,
    )
    operator = OperatorUnderTraining(sandbox, image, server)
    operator.live()
    operator.stop()
    place(image, "operator.aot", operator.log.read_text())
    # a port that is none ends the program when it begins
    check_aot_cache(image, "operator", environment={"SLUICE_HTTP_PORT": "none"}, exit_code=None)
    shutil.copyfile(image.root / "opt/sluice/operator.aot", cache)


class OperatorUnderTraining:
    def __init__(self, sandbox: Sandbox, image: UnpackedImage, server: ApiServer) -> None:
        self.server = server
        self.http = free_port()
        self.log = sandbox.folder / "operator.log"
        self.process = self._start(sandbox, image)

    def live(self) -> None:
        """Goes through what an operator does."""
        self._until("the operator doesn't get ready", lambda: self._get("readyz"))
        self.server.kubectl("-n", "default", "apply", "-f", "-", text=OBJECTS)
        self._until("no Job was made", lambda: self._jobs() != "")
        play(self.server, "default", self._jobs(), "1")
        ready = ("-n", "default", "wait", "dbm/shop", "--for=condition=Ready", "--timeout=10s")
        self._until("the migration doesn't get Ready", lambda: self.server.answers(*ready))
        self._until("the gate doesn't open", self._gate_is_open)
        self._until("there are no metrics", lambda: self._get("metrics"))

    def stop(self) -> None:
        """Ends the operator, upon which Java writes the cache."""
        self.process.terminate()
        self.process.wait()

    def _start(self, sandbox: Sandbox, image: UnpackedImage) -> subprocess.Popen[bytes]:
        image.write("tmp/arguments", training_arguments(argument_file(image, "operator")))
        environment = {
            "KUBERNETES_SERVICE_HOST": "127.0.0.1",
            "KUBERNETES_SERVICE_PORT": str(self.server.port),
            "SLUICE_NAMESPACE": "sluice-system",
            "POD_NAME": "training",
            "SLUICE_HTTP_PORT": str(self.http),
            "SLUICE_LEADER_ELECTION": "true",
            "SLUICE_WATCH_NAMESPACES": "",
            "SLUICE_RUNNER_IMAGE": "localhost/sluice-runner:dev",
        }
        return sandbox.start(
            image.command([JAVA, *aot_options("operator.aot"), "@/tmp/arguments"], environment), self.log
        )

    def _until(self, failure: str, condition: Callable[[], bool]) -> None:
        until_true(condition, self.process, self.log, failure)

    def _get(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/{path}", timeout=10) as response:
                return bool(response.read()) or response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _jobs(self) -> str:
        return self.server.kubectl(
            "-n", "default", "get", "jobs", "-l", "app.kubernetes.io/managed-by=sluice", "-o", "name"
        ).strip()

    def _gate_is_open(self) -> bool:
        return (
            self.server.kubectl("-n", "default", "get", "pod", "shop", "-o", "jsonpath={.spec.schedulingGates}") == ""
        )
