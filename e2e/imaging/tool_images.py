"""Other migration tools on Debian with a shell, as a team may build them; they contain nothing of Sluice."""

from __future__ import annotations

import shutil
from pathlib import Path

from imaging import debian_root, docker_archive
from imaging.image_definition import Image
from imaging.programs import maven, require, run
from imaging.settings import Settings

GO = "github.com/golang-migrate/migrate/v4/cmd/migrate"


class ToolImage(Image):
    """An image of what e2e/tools/NAME names."""

    seconds = 40

    @property
    def folder(self) -> Path:
        return self.settings.e2e / "tools" / self.name

    def inputs(self) -> list[str]:
        return [self.sources(f"e2e/tools/{self.name}"), debian_root.package_sources()]

    def make_root(self, root: Path) -> None:
        """Makes Debian with /bin/sh and cp, and what Node needs."""
        debian_root.make(root, "essential", ["ca-certificates", "libstdc++6"])
        debian_root.add_user(root)

    def write(self, root: Path, archive: Path, path: str, workdir: str = "/") -> None:
        name = f"localhost/sluice-{self.name}:dev"
        docker_archive.write(self.settings.repository, name, root, archive, environment={"PATH": path}, workdir=workdir)


class JavaTool(ToolImage):
    """A tool with the jars that its pom.xml names, in HOME/lib, and its script."""

    def __init__(self, settings: Settings, name: str, home: str) -> None:
        super().__init__(settings)
        self.name = name
        self.home = home

    def inputs(self) -> list[str]:
        return [*super().inputs(), self.jdk.release]

    def build(self, work: Path, archive: Path) -> None:
        root = work / "root"
        self.make_root(root)
        home = root / self.home.lstrip("/")
        (home / "lib").mkdir(parents=True)
        shutil.copy(self.folder / self.name, home)
        command = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={home}/lib"]
        maven(command, f"{self.name} could not be fetched", cwd=self.folder)
        self.jdk.link_runtime(root / "opt/java")
        self.write(root, archive, f"{self.home}:/usr/bin:/bin")


class GolangMigrate(ToolImage):
    name = "golang-migrate"
    seconds = 90

    def build(self, work: Path, archive: Path) -> None:
        root = work / "root"
        require("go", "Go isn't installed: install Go 1.26 or newer and put it on the PATH")
        self.make_root(root)
        command = [
            "go",
            "build",
            "-mod=readonly",
            "-trimpath",
            "-tags",
            "postgres",
            "-ldflags",
            "-s -w",
            "-o",
            str(root / "usr/local/bin/migrate"),
            GO,
        ]
        variables = {"GOWORK": "off", "GOFLAGS": "-buildvcs=false", "CGO_ENABLED": "0"}
        run(command, "golang-migrate could not be built: see Go's lines above", cwd=self.folder, variables=variables)
        self.write(root, archive, "/usr/local/bin:/usr/bin:/bin")


class DrizzleKit(ToolImage):
    """drizzle-kit and its Node, in /app."""

    name = "drizzle-kit"

    def build(self, work: Path, archive: Path) -> None:
        root = work / "root"
        app, programs = root / "app", root / "usr/local/bin"
        require("npm", "npm isn't installed: install Node with npm 9 or newer and put it on the PATH")
        self.make_root(root)
        app.mkdir()
        for file in self.folder.iterdir():
            if not file.name.startswith("."):
                shutil.copy(file, app)
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        run(npm, "drizzle-kit could not be fetched: see npm's lines above", cwd=app)
        programs.mkdir(parents=True, exist_ok=True)
        # the package of this machine's kind is the one that npm took
        (node,) = (app / "node_modules").glob("node-linux-*")
        (programs / "node").symlink_to(f"/app/node_modules/{node.name}/bin/node")
        self.write(root, archive, "/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin", workdir="/app")
