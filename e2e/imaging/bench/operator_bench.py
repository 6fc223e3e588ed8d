"""The operator at scale: an API server without nodes, the operator's process beside it, and the program that measures."""

from __future__ import annotations

import re
from pathlib import Path

from imaging.bench.measurements import load
from imaging.programs import STDOUT, Failure, maven, run, say
from imaging.sandbox.api_server import ApiServer
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.settings import Settings
from imaging.training.class_archives import JAVA

PROGRAM = "dev.sluice.e2e.bench.OperatorBench"


def bench_operator(settings: Settings, sandbox: Sandbox, archive: Path, rounds: int, objects: int) -> None:
    class_path = _compile(settings)
    image = sandbox.unpack("operator", archive)
    server = ApiServer.start(settings.repository, sandbox)
    server.install(settings.repository / "deploy/install.yaml")
    token = server.kubectl("-n", "sluice-system", "create", "token", "sluice", "--duration=24h").strip()
    limit = memory_limit((settings.repository / "deploy/chart/sluice/values.yaml").read_text())
    say("bench", f"{rounds} round(s), {objects} objects; {load()}")
    java: list[str | Path] = [image.root / JAVA.lstrip("/"), "-Xmx1g", "-cp", class_path, PROGRAM]
    arguments: list[str | Path] = [server.url, server.admin, server.folder, str(rounds), str(objects)]
    run(
        [*java, *arguments, *_operator(image, server, token, limit)],
        "the bench failed: see the lines above",
        stdout=STDOUT,
    )


def memory_limit(values: str) -> str:
    """The chart's limit of the operator's memory, for Java, as there is no container here whose limit it could see."""
    resources = values[values.index("\nresources:") :]
    found = re.search(r"limits:.*?memory: *([0-9]+)Mi", resources, re.S)
    if found is None:
        raise Failure("the chart's values have no memory limit in Mi")
    return f"{found[1]}m"


def _operator(image: UnpackedImage, server: ApiServer, token: str, limit: str) -> list[str]:
    """The operator's command, in which the bench replaces @port and @name."""
    kubernetes = {
        "KUBERNETES_MASTER": server.url,
        "KUBERNETES_AUTH_TOKEN": token,
        "KUBERNETES_TRUST_CERTIFICATES": "true",
    }
    sluice = {"SLUICE_WATCH_NAMESPACES": "", "SLUICE_NAMESPACE": "sluice-system", "SLUICE_LEADER_ELECTION": "true"}
    environment = (
        {"JDK_JAVA_OPTIONS": f"-XX:MaxRAM={limit}"}
        | kubernetes
        | sluice
        | {"SLUICE_RUNNER_IMAGE": "localhost/sluice-runner:dev"}
    )
    command = image.command([JAVA, "@/opt/sluice/operator"], environment)
    chroot = command.index("chroot")
    return [*command[:chroot], "@port", "@name", *command[chroot:]]


def _compile(settings: Settings) -> str:
    say("bench", "compiling")
    class_path = ["dependency:build-classpath", "-Dmdep.outputFile=target/classpath", "-Dmdep.includeScope=test"]
    command = ["-pl", "crds,migrations-image,deploy,e2e", "test-compile", *class_path]
    maven(command, "the bench could not be compiled", cwd=settings.repository)
    return f"{settings.e2e}/target/test-classes:{(settings.e2e / 'target/classpath').read_text()}"
