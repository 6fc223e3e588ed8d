"""Recording class archives, and checking that Java uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from imaging.programs import Failure, last_lines
from imaging.sandbox.unpacked_image import UnpackedImage

JAVA = "/opt/sluice/jre/bin/java"
ARCHIVES = ("-XX:AOTCache=", "-XX:SharedArchiveFile=", "-Xlog:")


def aot_options(name: str) -> list[str]:
    """Records an AOT cache to /tmp/NAME, whose classes are loaded and linked before the program begins."""
    # no profiles, for with them Java compiles at its start what a short run doesn't need (a fifth of its processor time)
    return [f"-XX:AOTCacheOutput=/tmp/{name}", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"]


def training_arguments(arguments: str) -> str:
    """An image's argument file without the archives that aren't there yet."""
    return "".join(f"{line}\n" for line in arguments.splitlines() if not line.startswith(ARCHIVES))


def argument_file(image: UnpackedImage, program: str) -> str:
    """What a program of the image gives to Java."""
    return (image.root / "opt/sluice" / program).read_text()


def main_class(arguments: str) -> str:
    return arguments.splitlines()[-1]


def without_main_class(arguments: str) -> str:
    return "".join(f"{line}\n" for line in arguments.splitlines()[:-1])


def place(image: UnpackedImage, name: str, output: str) -> Path:
    """Puts a recorded archive where the image looks for it; fails with the end of the run's output if there is none."""
    recorded = image.root / "tmp" / name
    if not recorded.is_file() or not recorded.stat().st_size:
        raise Failure(f"no {name} was made:\n{last_lines(output)}")
    return image.write(f"opt/sluice/{name}", recorded.read_bytes())


def check_aot_cache(
    image: UnpackedImage,
    program: str,
    *options: str,
    environment: Mapping[str, str] | None = None,
    exit_code: int | None = 0,
) -> None:
    """Java ignores a cache that doesn't fit without a word: fails unless the main class comes from it."""
    done = image.run([JAVA, "-XX:AOTMode=on", "-Xlog:class+load", f"@/opt/sluice/{program}", *options], environment)
    if exit_code is not None and done.returncode != exit_code:
        raise Failure(f"Java doesn't use the AOT cache: {done.stdout}")
    if not is_shared(done.stdout.splitlines(), main_class(argument_file(image, program))):
        raise Failure(f"the AOT cache is missing the program's classes:\n{last_lines(done.stdout)}")


def check_both_archives(image: UnpackedImage) -> None:
    """Fails unless the runner's classes come from its AOT cache and from the archive on top of it."""
    done = image.run([JAVA, "-Xshare:on", "-Xlog:class+load", "@/opt/sluice/sluice", "--version"])
    lines = done.stdout.splitlines()
    if done.returncode:
        raise Failure(f"Java doesn't use the class archives: {done.stdout}")
    if not is_shared(lines, main_class(argument_file(image, "sluice"))):
        raise Failure("the AOT cache is missing the program's classes")
    if not any(line.endswith("source: shared objects file (top)") for line in lines):
        raise Failure("Java doesn't use the archive on top of the AOT cache")


def is_shared(lines: Iterable[str], main: str) -> bool:
    """Whether a class is in the bottom archive, by the lines of -Xlog:class+load."""
    return any(re.search(rf"\b{re.escape(main)} source: shared objects file$", line) for line in lines)
