"""The init container: what every pod pays for it that needn't wait, and what an API server pays for a thousand that do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from imaging import docker_archive
from imaging.bench.measurements import (
    Measurement,
    load,
    measure,
    memory,
    percentile,
    processor,
    wall,
)
from imaging.programs import Failure, say
from imaging.sandbox.api_server import ApiServer
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.settings import Settings
from imaging.training.class_archives import JAVA, check_aot_cache

WAITERS = Path(__file__).with_name("waiters.py")
ROLE = ["--verb=get,watch", "--resource=databasemigrations.sluice.dev", "--resource-name=shop"]
MIGRATION = """
apiVersion: sluice.dev/v1alpha1
kind: DatabaseMigration
metadata: {name: shop}
spec:
  image: localhost/shop:1
  changelog: {path: root.yaml}
  database: {host: db, name: shop, credentials: {secret: {name: db}}}
"""
APPLIED = """{"status": {"observedGeneration": 1, "revision": "1", "target": "t",
    "appliedRevisions": [{"revision": "1", "target": "t", "appliedAt": "2026-01-01T00:00:00Z"}]}}"""


def bench_wait(settings: Settings, sandbox: Sandbox, wait_archive: Path, runner_archive: Path, starts: int) -> None:
    wait, runner = sandbox.unpack("wait", wait_archive), sandbox.unpack("runner", runner_archive)
    check_aot_cache(wait, "wait", "--help")
    shutil.copy("/bin/true", wait.root / "tmp/true")
    server = ApiServer.start(settings.repository, sandbox)
    server.install(settings.repository / "crds/databasemigrations.sluice.dev.yaml")
    token = _make_team(server)
    for image in (wait, runner):
        image.give_account("team", token, server.certificate)
    say("bench", f"{starts} starts of each; {load()}")
    print("\n".join(table(_start_by_turns(sandbox, server, wait, runner, starts))))
    print(f"image: {_megabytes(wait_archive)} compressed, the runner's {_megabytes(runner_archive)}", flush=True)
    for how in ("nothing", "watch", "poll"):
        if subprocess.run(
            [sys.executable, WAITERS, how, str(server.port), token, str(server.process_id)], check=False
        ).returncode:
            raise Failure("the pods that wait could not be played: see the lines above")
    say("bench", f"at the end: {load()}")


def table(measurements: dict[str, Sequence[Measurement]]) -> list[str]:
    """A line for each contender."""
    lines = [f"{'already applied':<18} {'median':>14} {'p99':>14} {'processor':>14} {'memory':>10}"]
    for who, own in measurements.items():
        times = [percentile(0.5, wall, own), percentile(0.99, wall, own), percentile(0.5, processor, own)]
        lines.append(
            f"{who:<18} " + " ".join(f"{time:>11.0f} ms" for time in times) + f" {percentile(1, memory, own):>7.0f} MB"
        )
    return lines


def _make_team(server: ApiServer) -> str:
    """An account with the rights of the component, and a migration that is applied; the account's token."""
    server.kubectl("create", "namespace", "team")
    server.kubectl("-n", "team", "create", "serviceaccount", "shop")
    server.kubectl("-n", "team", "create", "role", "wait", *ROLE)
    server.kubectl("-n", "team", "create", "rolebinding", "wait", "--role=wait", "--serviceaccount=team:shop")
    server.kubectl("-n", "team", "apply", "-f", "-", text=MIGRATION)
    server.patch_status("team", "dbm/shop", APPLIED)
    return server.kubectl("-n", "team", "create", "token", "shop", "--duration=24h").strip()


def _start_by_turns(
    sandbox: Sandbox, server: ApiServer, wait: UnpackedImage, runner: UnpackedImage, starts: int
) -> dict[str, Sequence[Measurement]]:
    environment = {"KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(server.port)}
    commands = {
        "true-in-the-root": wait.command(["/tmp/true"]),
        "wait-image": wait.command([JAVA, "@/opt/sluice/wait", "shop@1"], environment),
        "runner-image": runner.command([JAVA, "@/opt/sluice/sluice", "wait", "shop@1"], environment),
    }
    measurements: dict[str, list[Measurement]] = {who: [] for who in commands}
    for turn in range(starts + 1):
        for who, command in commands.items():
            measured = measure(who, command, sandbox.folder)
            if turn > 0:  # the first warms the caches of the disk
                measurements[who].append(measured)
    return dict(measurements)


def _megabytes(archive: Path) -> str:
    return f"{docker_archive.compressed_size(archive) / 1e6:.1f} MB"
