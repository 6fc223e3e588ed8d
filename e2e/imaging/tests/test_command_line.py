from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from imaging.archive_cache import ArchiveCache
from imaging.bench.__main__ import arguments
from imaging.catalog import choose, images
from imaging.programs import Failure
from imaging.settings import REPOSITORY, Settings
from imaging.tests.fixtures import WithRepository, settings

NAMES = ["base", "operator", "runner", "wait", "postgres", "flyway", "liquibase", "golang-migrate", "drizzle-kit"]


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables}, check=False)


class ImagesCommandTest(WithRepository):
    program = REPOSITORY / "e2e/images"

    def test_names_the_images_that_there_are(self) -> None:
        done = run(self.program, "base", "shop", SLUICE_CACHE=str(self.repository))
        self.assertEqual((1, ""), (done.returncode, done.stdout))
        self.assertEqual(f"images: no such image: shop (there are {', '.join(NAMES)})\n", done.stderr)
        self.assertEqual([], os.listdir(self.repository))

    def test_explains_itself(self) -> None:
        done = run(self.program, "--help")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        for name in [*NAMES, "SLUICE_CACHE", "SLUICE_VERSION", "e2e/cluster/load"]:
            self.assertIn(name, done.stdout)

    def test_says_what_to_install_where_there_is_no_python(self) -> None:
        programs = self.repository / "bin"
        programs.mkdir()
        for name in ("bash", "dirname"):
            (programs / name).symlink_to(shutil.which(name) or name)
        done = run(programs / "bash", self.program, "base", PATH=str(programs))
        self.assertEqual((1, ""), (done.returncode, done.stdout))
        self.assertIn("images: python3 isn't installed: run e2e/cluster/up", done.stderr)


class OtherCommandsTest(unittest.TestCase):
    def test_the_bench_wants_numbers(self) -> None:
        for number in ("0", "many", "-1", ""):
            with contextlib.redirect_stderr(io.StringIO()) as errors, self.assertRaises(SystemExit) as end:
                arguments(["runner", f"--rounds={number}"])
            self.assertEqual(2, end.exception.code)
            self.assertIn(f"--rounds: wants a number: {number or 'nothing'}", errors.getvalue())
        self.assertEqual(
            ("wait", 7), (arguments(["wait", "--rounds", "7"]).what, arguments(["wait", "--rounds", "7"]).rounds)
        )

    def test_the_bench_explains_itself(self) -> None:
        done = run(REPOSITORY / "e2e/bench", "--help")
        self.assertEqual(0, done.returncode)
        for word in ("runner", "rehearsal", "operator", "wait", "--rounds", "--objects", "drizzle-kit"):
            self.assertIn(word, done.stdout)

    def test_a_training_wants_its_archives(self) -> None:
        done = run(sys.executable, "-m", "imaging.training", "wait", "a.tar", PYTHONPATH=str(REPOSITORY / "e2e"))
        self.assertEqual(2, done.returncode)
        self.assertIn("required: CACHE", done.stderr)


class ChoiceTest(WithRepository):
    def setUp(self) -> None:
        super().setUp()
        self.images = images(self.settings, ArchiveCache(self.repository))

    def test_is_in_the_order_asked_for(self) -> None:
        self.assertEqual(["wait", "base"], [image.name for image in choose(self.images, ["wait", "base"])])

    def test_is_five_images_by_default(self) -> None:
        self.assertEqual(NAMES[:5], [image.name for image in choose(self.images, [])])

    def test_refuses_other_names(self) -> None:
        with self.assertRaisesRegex(Failure, "no such image: -x"):
            choose(self.images, ["-x"])


class SettingsTest(unittest.TestCase):
    def test_have_defaults(self) -> None:
        chosen = Settings.of_environment({"HOME": "/home/ann"})
        self.assertEqual(
            (Path("/home/ann/.cache/sluice"), "dev", ()), (chosen.cache, chosen.operator_tag, chosen.java_homes)
        )

    def test_take_what_the_environment_says(self) -> None:
        environment = {
            "HOME": "/home/ann",
            "XDG_CACHE_HOME": "/x",
            "SLUICE_VERSION": "1.0.0",
            "JAVA_HOME": "/b",
            "JDK25_HOME": "/a",
        }
        chosen = Settings.of_environment(environment)
        self.assertEqual(
            (Path("/x/sluice"), "1.0.0", ("/a", "/b")), (chosen.cache, chosen.operator_tag, chosen.java_homes)
        )
        self.assertEqual(Path("/c"), Settings.of_environment({**environment, "SLUICE_CACHE": "/c"}).cache)

    def test_take_an_empty_variable_as_none(self) -> None:
        chosen = Settings.of_environment(
            {"HOME": "/home/ann", "SLUICE_CACHE": "", "SLUICE_VERSION": "", "JDK25_HOME": ""}
        )
        self.assertEqual(settings(REPOSITORY, cache=Path("/home/ann/.cache/sluice"), root=chosen.root), chosen)
