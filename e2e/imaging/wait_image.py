"""The init container: libc, a Java runtime of one module, the classes of two packages."""

from __future__ import annotations

import shutil
from pathlib import Path

from imaging import debian_root, docker_archive
from imaging.programs import maven
from imaging.trained_image import TrainedImage


class WaitImage(TrainedImage):
    name = "wait"
    seconds = 40
    module = "migrations-image"
    packages = ["dev/sluice/migrations/wait", "dev/sluice/migrations/text"]

    def inputs(self) -> list[str]:
        classes = [f"{self.module}/src/main/java/{package}" for package in self.packages]
        sources = self.sources("pom.xml", f"{self.module}/pom.xml", f"{self.module}/src/main/image-wait", *classes)
        return [sources, self.jdk.release, debian_root.package_sources(), *self.training_inputs()]

    def build(self, work: Path, archive: Path) -> None:
        root, sluice = work / "root", work / "root/opt/sluice"
        self._make_root(root)
        self.jdk.link_smallest_runtime(sluice / "jre")
        self._make_jar(sluice / "wait.jar")
        self._write(root, archive)
        if self.can_train("is no AOT cache for the image wait"):
            self.train("the AOT cache", archive, work / "wait.aot")
            shutil.copyfile(work / "wait.aot", sluice / "wait.aot")
            self._write(root, archive)

    def _make_root(self, root: Path) -> None:
        debian_root.make(root, "extract", ["libc6"])
        # a JVM needs the libraries themselves, and no other character sets than UTF-8; their licences stay
        debian_root.keep_only(root, "usr", "lib*")
        debian_root.keep_only(root / "usr", "lib*", "share")
        debian_root.keep_only(root / "usr/share", "doc")
        debian_root.remove(root, "usr/lib/*/gconv", "usr/lib/*/audit")
        for folder in ("opt/sluice", "etc", "tmp", "proc", "dev"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / "tmp").chmod(0o1777)
        (root / "etc/nsswitch.conf").write_text("hosts: files dns\n")
        shutil.copytree(self.settings.repository / self.module / "src/main/image-wait", root, dirs_exist_ok=True)

    def _make_jar(self, jar: Path) -> None:
        repository = self.settings.repository
        maven(["-pl", self.module, "compile"], "the classes could not be compiled", cwd=repository)
        self.jdk.make_jar(jar, repository / self.module / "target/classes", self.packages)

    def _write(self, root: Path, archive: Path) -> None:
        entrypoint = ["/opt/sluice/jre/bin/java", "@/opt/sluice/wait"]
        docker_archive.write(
            self.settings.repository, "localhost/sluice-wait:dev", root, archive, entrypoint=entrypoint
        )
