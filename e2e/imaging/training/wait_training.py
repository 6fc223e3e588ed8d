"""Makes the AOT cache of the image that waits: its program waits at a server that plays an API server."""

from __future__ import annotations

import shutil
from pathlib import Path

from imaging.programs import Failure, last_lines
from imaging.sandbox.certificate import ELLIPTIC, RSA, make_certificate
from imaging.sandbox.local_server import serving
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.training.class_archives import (
    JAVA,
    aot_options,
    argument_file,
    check_aot_cache,
    place,
    training_arguments,
)
from imaging.training.fake_api_server import FakeApiServer

CERTIFICATES = {"rsa": RSA, "ec": ELLIPTIC}


def train(sandbox: Sandbox, archive: Path, cache: Path) -> None:
    image = sandbox.unpack("wait", archive)
    for name, kind in CERTIFICATES.items():
        make_certificate(sandbox.folder, name, kind, name, "IP:127.0.0.1")
    trusted = b"".join((sandbox.folder / f"{name}.crt").read_bytes() for name in CERTIFICATES)
    image.give_account("training", "token", trusted)
    with serving(FakeApiServer(sandbox.folder, list(CERTIFICATES))) as port:
        _record(image, port)
    check_aot_cache(image, "wait", "--help")
    shutil.copyfile(image.root / "opt/sluice/wait.aot", cache)


def _record(image: UnpackedImage, port: int) -> None:
    image.write("tmp/arguments", training_arguments(argument_file(image, "wait")))
    environment = {"KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(port)}
    done = image.run([JAVA, *aot_options("wait.aot"), "@/tmp/arguments", "shop@2"], environment)
    if "shop@2 is applied" not in done.stdout:
        raise Failure(f"no cache was made:\n{last_lines(done.stdout)}")
    place(image, "wait.aot", done.stdout)
