"""Root folders with Debian packages, made by mmdebstrap from this machine's own package sources."""

from __future__ import annotations

import functools
import glob
import os
import platform
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from imaging.programs import Failure, output, require, run

FIELDS = "$(CREATED_BY) $(ORIGIN) $(CODENAME) $(REPO_URI) $(RELEASE) $(COMPONENT)"
UNNEEDED = [
    "var/lib/apt/lists",
    "var/cache/*",
    "var/log/*",
    "usr/share/man",
    "usr/share/locale",
    "usr/share/info",
    "usr/share/lintian",
]
UNNEEDED += ["etc/apt/sources.list*", "dev/*", "run/*"]


@functools.cache
def package_sources() -> str:
    """The lines of a sources.list: this machine's sources of its own distribution."""
    codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    lines = sources_of(
        codename,
        output(["apt-get", "indextargets", "--format", FIELDS], "apt could not list its package sources").splitlines(),
    )
    if not lines:
        raise Failure(f"apt knows no packages of {codename}: run apt-get update as root")
    return "\n".join(lines) + "\n"


def sources_of(codename: str, targets: Iterable[str]) -> list[str]:
    """A line for each of apt's index targets that lists packages of Debian or Ubuntu under this codename."""
    lines = []
    for target in sorted(set(targets)):
        fields = target.split()
        if len(fields) == 6 and fields[0] == "Packages" and fields[1] in ("Debian", "Ubuntu"):
            if codename and fields[2].startswith(codename):
                lines.append(" ".join(["deb", *fields[3:]]))
    return lines


def make(folder: Path, variant: str, packages: Iterable[str], *options: str) -> None:
    """Makes a root folder with these packages and what they depend on, without lists, manuals, caches and devices."""
    require(
        "mmdebstrap",
        "mmdebstrap isn't installed: run e2e/cluster/up (which installs what is missing), or apt-get install mmdebstrap",
    )
    command = [
        "mmdebstrap",
        "--quiet",
        *_proxies(),
        f"--variant={variant}",
        f"--include={','.join(packages)}",
        *options,
        "",
        str(folder),
        "-",
    ]
    failure = "the Debian root folder could not be made: see the lines above"
    run(command, failure, text=package_sources(), variables={"SOURCE_DATE_EPOCH": "0"})
    _strip(folder)


def add_user(folder: Path) -> None:
    """Adds the user as whom an image runs that has a shell."""
    with (folder / "etc/passwd").open("a") as users, (folder / "etc/group").open("a") as groups:
        users.write("nonroot:x:65532:65532:nonroot:/nonexistent:/bin/sh\n")
        groups.write("nonroot:x:65532:\n")


def remove(root: Path, *patterns: str) -> None:
    """Deletes what matches these patterns, where `*` leaves out hidden files as in a shell."""
    for pattern in patterns:
        for match in glob.glob(pattern, root_dir=root):
            path = root / match
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def keep_only(folder: Path, *patterns: str) -> None:
    """Deletes what is in a folder, but for names that match these patterns."""
    kept = {name for pattern in patterns for name in glob.glob(pattern, root_dir=folder)}
    remove(folder, *(glob.escape(name) for name in os.listdir(folder) if name not in kept))


def _strip(root: Path) -> None:
    remove(root, *UNNEEDED)
    for folder, _, files in os.walk(root / "usr/share/doc", topdown=False):
        for path in (Path(folder, name) for name in files if name != "copyright"):
            if not path.is_symlink():
                path.unlink()
        if not os.listdir(folder):
            os.rmdir(folder)
    (root / "var/cache").mkdir(parents=True, exist_ok=True)


def _proxies() -> list[str]:
    """The options that hand on this machine's proxies."""
    lines = output(["apt-config", "dump"], "apt's configuration could not be read").splitlines()
    return [f"--aptopt={line}" for line in lines if re.match("Acquire::[a-z]+::Proxy", line)]
