"""Images as docker-archives: written by e2e/cluster/image, read here."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from imaging.programs import Failure, run

USER = "65532:65532"


def write(
    repository: Path,
    name: str,
    root: Path,
    archive: Path,
    *,
    environment: Mapping[str, str] | None = None,
    workdir: str = "/",
    entrypoint: Sequence[str] = (),
) -> None:
    """Makes an archive of a root folder, to run as a user without rights."""
    variables = {"LANG": "C.UTF-8", **(environment or {})}
    options = [part for variable in variables.items() for part in ("--env", "=".join(variable))]
    program = ["--", *entrypoint] if entrypoint else []
    run(
        [
            repository / "e2e/cluster/image",
            name,
            root,
            "-o",
            archive,
            "--user",
            USER,
            "--workdir",
            workdir,
            *options,
            *program,
        ],
        f"the archive of {name} could not be written: see the lines above",
    )


def unpack(archive: Path, folder: Path) -> None:
    """Puts the files of all layers into a folder, with the modes and owners they have in the image."""
    with tarfile.open(archive) as image:
        for layer in _layers(image):
            with tarfile.open(fileobj=_open(image, layer)) as files:
                files.extraction_filter = _as_it_is
                files.extractall(folder)


def compressed_size(archive: Path) -> int:
    """How many bytes its layers take in a registry."""
    size = 0
    with tarfile.open(archive) as image:
        for name in _layers(image):
            layer = _open(image, name).read()
            size += len(layer if layer[:2] == b"\x1f\x8b" else gzip.compress(layer, 6))
    return size


def _layers(image: tarfile.TarFile) -> list[str]:
    layers: list[str] = json.load(_open(image, "manifest.json"))[0]["Layers"]
    return layers


def _open(image: tarfile.TarFile, name: str) -> IO[bytes]:
    file = image.extractfile(name)
    if file is None:
        raise Failure(f"{image.name!r} isn't a docker-archive: {name} isn't a file in it")
    return file


def _as_it_is(member: tarfile.TarInfo, _: str) -> tarfile.TarInfo:
    """Newer Pythons leave out owners and some modes by themselves."""
    return member
