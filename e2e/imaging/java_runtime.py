"""Java runtimes for images, by jlink from a JDK 25."""

from __future__ import annotations

import functools
import glob
import os
import re
from dataclasses import dataclass
from pathlib import Path

from imaging.programs import Command, Failure, output, run

MODULES = [
    "java.base",
    "java.compiler",
    "java.desktop",
    "java.instrument",
    "java.logging",
    "java.management",
    "java.naming",
    "java.net.http",
    "java.prefs",
    "java.rmi",
    "java.scripting",
    "java.security.jgss",
    "java.security.sasl",
    "java.sql",
    "java.sql.rowset",
    "java.transaction.xa",
    "java.xml",
    "java.xml.crypto",
    "jdk.crypto.ec",
    "jdk.httpserver",
    "jdk.management",
    "jdk.net",
    "jdk.unsupported",
    "jdk.zipfs",
]
PROVIDERS_OF_JAVA_BASE = ["SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE"]
LINK = ["--strip-debug", "--no-header-files", "--no-man-pages"]


@dataclass(frozen=True)
class Jdk:
    home: Path

    @property
    def release(self) -> str:
        return (self.home / "release").read_text()

    def link_runtime(self, folder: Path) -> None:
        """Makes a runtime of the modules that servers and tools need."""
        there = {
            line.split("@")[0]
            for line in output(
                [self.home / "bin/java", "--list-modules"], "the JDK's modules could not be listed"
            ).splitlines()
        }
        modules = ",".join(module for module in MODULES if module in there)
        self._jlink(
            "--add-modules", modules, *LINK, "--compress", "zip-6", "--generate-cds-archive", "--output", str(folder)
        )
        security = folder / "conf/security/java.security"
        security.write_text(providers_of_java_base(security.read_text()))

    def link_smallest_runtime(self, folder: Path) -> None:
        """Makes a runtime of java.base alone."""
        self._jlink("--add-modules", "java.base", *LINK, "--output", str(folder))

    def make_jar(self, jar: Path, classes: Path, packages: list[str]) -> None:
        contents = [part for package in packages for part in ("-C", str(classes), package)]
        command: Command = [
            self.home / "bin/jar",
            "--create",
            "--no-compress",
            "--date",
            "2026-01-01T00:00:00Z",
            "--file",
            jar,
            *contents,
        ]
        run(command, f"{jar.name} could not be made: see the lines above")

    def _jlink(self, *options: str) -> None:
        command: Command = [self.home / "bin/jlink", *options]
        run(command, "the Java runtime could not be made: see jlink's lines above")


@functools.cache
def find_jdk(homes: tuple[str, ...]) -> Jdk:
    """A JDK 25: in one of these folders, else where Debian's packages put theirs."""
    for home in (*homes, *sorted(glob.glob("/usr/lib/jvm/*25*"))):
        release = Path(home, "release")
        if (
            os.access(Path(home, "bin/jlink"), os.X_OK)
            and release.is_file()
            and re.search('^JAVA_VERSION="25', release.read_text(), re.M)
        ):
            return Jdk(Path(home).resolve())
    raise Failure("no JDK 25 was found: install one and name its folder in JDK25_HOME")


def providers_of_java_base(security: str) -> str:
    """java.security with the providers of java.base alone: nothing here uses the others, for which Java looks through
    modules and jars at every start."""
    lines, count = [], 0
    for line in security.splitlines():
        provider = re.fullmatch(r"security\.provider\.[0-9]+=(.*)", line)
        if provider and provider[1] not in PROVIDERS_OF_JAVA_BASE:
            continue
        if provider:
            count += 1
            line = f"security.provider.{count}={provider[1]}"
        lines.append(line)
    return "\n".join(lines) + "\n"
