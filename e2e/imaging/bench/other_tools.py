"""The tools that aren't in an image: drizzle-kit, drizzle-orm and Flyway, installed into the cache."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from imaging.programs import Failure, maven, output, run, say
from imaging.settings import Settings
from imaging.stamp import contents, stamp

OLDEST_NODE = 20


@dataclass(frozen=True)
class OtherTools:
    node: Path
    drizzle: Path
    """A folder with drizzle-kit and drizzle-orm."""
    flyway: Path
    """A folder with Flyway's jars."""


def install(settings: Settings) -> OtherTools:
    node = _find_node()
    inputs = contents(settings.repository, "e2e/contenders", "e2e/tools/flyway/pom.xml")
    folder = settings.cache / "contenders" / stamp([inputs])
    tools = OtherTools(node, folder / "drizzle", folder / "flyway")
    if not (folder / "done").exists():
        say("bench", "installing drizzle-kit, drizzle-orm and Flyway, about 40 s")
        shutil.copytree(settings.e2e / "contenders/drizzle", tools.drizzle, dirs_exist_ok=True)
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        run(npm, "drizzle-kit could not be fetched: see npm's lines above", cwd=tools.drizzle)
        jars = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={tools.flyway}"]
        maven(jars, "Flyway could not be fetched", cwd=settings.e2e / "tools/flyway")
        (folder / "done").touch()
    return tools


def _find_node() -> Path:
    node = shutil.which("node")
    if node is None:
        raise Failure(f"Node isn't installed: install Node {OLDEST_NODE} or newer with npm and put it on the PATH")
    version = output([node, "--version"]).strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise Failure(f"Node is too old ({version}): install Node {OLDEST_NODE} or newer")
    return Path(node)
