from __future__ import annotations

import functools
import unittest
from pathlib import Path
from unittest import mock

from imaging import debian_root, image_definition, stamp
from imaging.archive_cache import ArchiveCache
from imaging.catalog import images
from imaging.java_runtime import Jdk
from imaging.settings import REPOSITORY
from imaging.tests.fixtures import ShopImage, WithRepository, settings


class StampTest(WithRepository):
    def test_is_the_same_for_the_same_inputs(self) -> None:
        self.assertEqual(stamp.stamp(["a", "b"]), stamp.stamp(["a", "b"]))
        self.assertRegex(stamp.stamp(["a", "b"]), "^[0-9a-f]{12}$")

    def test_tells_inputs_apart_that_are_equal_when_joined(self) -> None:
        self.assertNotEqual(stamp.stamp(["ab", "c"]), stamp.stamp(["a", "bc"]))

    def test_changes_with_content_and_name_of_a_file(self) -> None:
        file = self.write("shop/page", "one")
        before = stamp.contents(self.repository, "shop")
        file.write_text("two")
        changed = stamp.contents(self.repository, "shop")
        file.rename(file.with_name("side"))
        renamed = stamp.contents(self.repository, "shop")
        self.assertEqual(3, len({before, changed, renamed}))

    def test_changes_with_a_new_file(self) -> None:
        self.write("shop/page")
        before = stamp.contents(self.repository, "shop")
        self.write("shop/deep/.hidden")
        self.assertNotEqual(before, stamp.contents(self.repository, "shop"))

    def test_ignores_what_cannot_get_into_an_image(self) -> None:
        self.write("shop/pom.xml")
        self.write("shop/src/main/page")
        before = stamp.contents(self.repository, "shop")
        for path in (
            "shop/target/classes/A.class",
            "shop/src/test/ATest",
            "shop/src/__pycache__/a.pyc",
            "shop/.idea/x",
            "shop/a.iml",
            "b",
        ):
            self.write(path)
        self.assertEqual(before, stamp.contents(self.repository, "shop"))

    def test_counts_a_package_whose_name_is_target_or_test(self) -> None:
        self.write("shop/pom.xml")
        before = stamp.contents(self.repository, "shop")
        self.write("shop/src/main/java/target/A.java")
        with_target = stamp.contents(self.repository, "shop")
        self.write("shop/src/main/java/test/A.java")
        self.assertEqual(3, len({before, with_target, stamp.contents(self.repository, "shop")}))

    def test_ignores_the_order_of_paths_and_what_is_missing(self) -> None:
        self.write("a/x")
        self.write("b/y")
        self.assertEqual(
            stamp.contents(self.repository, "a", "b"), stamp.contents(self.repository, "b", "gone", "a", "a")
        )

    def test_python_sources_are_those_of_the_folder_alone(self) -> None:
        self.write("e2e/imaging/stamp.py")
        self.write("e2e/imaging/bench/row.py")
        self.write("e2e/imaging/notes.txt")
        self.assertRegex(
            stamp.python_sources(self.repository, "e2e/imaging"), r"\A[0-9a-f]{64}  e2e/imaging/stamp\.py\n\Z"
        )


class ImageStampTest(WithRepository):
    def setUp(self) -> None:
        super().setUp()
        self.write("shop/page")
        self.image = ShopImage(self.settings)

    def test_changes_with_its_sources(self) -> None:
        self.changes_with("shop/page")

    def test_changes_with_the_program_that_builds_it(self) -> None:
        self.changes_with("e2e/imaging/docker_archive.py")
        self.changes_with("e2e/cluster/image")

    def test_stays_when_something_else_changes(self) -> None:
        before = self.image.stamp()
        for path in ("other/page", "e2e/imaging/tests/test_stamp.py", "e2e/imaging/bench/meter.py", "e2e/cluster/up"):
            self.write(path)
        self.assertEqual(before, self.image.stamp())

    def changes_with(self, path: str) -> None:
        before = self.image.stamp()
        self.write(path, "changed")
        self.assertNotEqual(before, self.image.stamp())


class ImagesOfThisRepositoryTest(unittest.TestCase):
    """The inputs of all images, on this repository's own files; what the machine adds is made up."""

    def setUp(self) -> None:
        self.sources = "deb http://debian.example/debian bookworm main\n"
        self.release = 'JAVA_VERSION="25"\n'
        jdk = mock.patch.object(image_definition, "find_jdk", lambda _: Jdk(Path("/jdk")))
        release = mock.patch.object(Jdk, "release", property(lambda _: self.release))
        sources = mock.patch.object(debian_root, "package_sources", lambda: self.sources)
        hashes = mock.patch.object(stamp, "_hash", functools.cache(stamp._hash))
        for patch in (jdk, release, sources, hashes):
            patch.start()
            self.addCleanup(patch.stop)

    def stamps(self, **changes: object) -> dict[str, str]:
        chosen = settings(REPOSITORY, **changes)
        return {name: image.stamp() for name, image in images(chosen, ArchiveCache(Path("/cache"))).items()}

    def changed(self, before: dict[str, str], after: dict[str, str]) -> set[str]:
        return {name for name in before if before[name] != after[name]}

    def test_all_change_with_debian(self) -> None:
        before = self.stamps()
        self.sources = "deb http://debian.example/debian trixie main\n"
        self.assertEqual(set(before), self.changed(before, self.stamps()))

    def test_those_with_java_change_with_the_jdk(self) -> None:
        before = self.stamps()
        self.release = 'JAVA_VERSION="25.0.9"\n'
        self.assertEqual(
            {"base", "operator", "runner", "wait", "flyway", "liquibase"}, self.changed(before, self.stamps())
        )

    def test_those_with_class_archives_are_others_without_root(self) -> None:
        self.assertEqual({"operator", "runner", "wait"}, self.changed(self.stamps(root=True), self.stamps(root=False)))

    def test_the_operator_is_another_with_another_tag(self) -> None:
        self.assertEqual({"operator"}, self.changed(self.stamps(), self.stamps(operator_tag="1.0.0")))

    def test_each_change_of_a_source_changes_what_has_it(self) -> None:
        cases = {
            "operator/src/main/java/dev/sluice/operator/package-info.java": {"operator"},
            "migrations-image/src/main/java/dev/sluice/migrations/cli/package-info.java": {"runner"},
            "migrations-image/src/main/java/dev/sluice/migrations/wait/package-info.java": {"runner", "wait"},
            "migrations-image/src/main/image-wait/opt/sluice/wait": {"runner", "wait"},
            "migrations-image/src/build/postgres/Major.java": {"runner"},
            "migrations-image/NOTICE": {"runner"},
            "pom.xml": {"operator", "runner", "wait"},
            "e2e/cluster/postgres/entry": {"postgres", "runner"},
            "e2e/tools/flyway/pom.xml": {"flyway"},
            "e2e/tools/drizzle-kit/package.json": {"drizzle-kit"},
            "e2e/imaging/training/training_runs.py": {"operator", "runner", "wait"},
            "e2e/imaging/sandbox/sandbox.py": {"operator", "runner", "wait"},
            "e2e/imaging/bench/runner_bench.py": set(),
            "deploy/chart/sluice/Chart.yaml": set(),
        }
        before = self.stamps()
        for path, images_with_it in cases.items():
            with self.subTest(path), self.another(path):
                self.assertEqual(images_with_it, self.changed(before, self.stamps()))

    def another(self, path: str) -> mock._patch[object]:
        """Lets a file of the repository have another content."""
        self.assertTrue((REPOSITORY / path).is_file(), path)
        hashed = stamp._hash
        return mock.patch.object(stamp, "_hash", lambda file: "another" if file == REPOSITORY / path else hashed(file))
