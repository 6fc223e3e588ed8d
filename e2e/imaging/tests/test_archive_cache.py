from __future__ import annotations

import contextlib
import io
import os
import re
import threading
import time
from pathlib import Path

from imaging.archive_cache import KEPT_SECONDS, ArchiveCache
from imaging.programs import Failure
from imaging.tests.fixtures import ShopImage, WithRepository


class ArchiveCacheTest(WithRepository):
    def setUp(self) -> None:
        super().setUp()
        self.page = self.write("shop/page", "hello")
        self.image = ShopImage(self.settings)
        self.cache = ArchiveCache(self.repository / "cache/images")
        self.progress = io.StringIO()
        self.enterContext(contextlib.redirect_stderr(self.progress))
        self.enterContext(self.cache.locked())

    def test_builds_what_is_not_there(self) -> None:
        archive = self.cache.archive(self.image)
        self.assertEqual(f"shop-{self.image.stamp()}.tar", archive.name)
        self.assertEqual("hello 1", archive.read_text())
        self.assertRegex(
            self.progress.getvalue(), r"\Aimages: building shop, about 1 s\nimages: built shop in \d+ s\n\Z"
        )

    def test_does_not_build_again_what_is_there(self) -> None:
        first = self.cache.archive(self.image)
        self.progress.truncate(0)
        self.assertEqual(first, self.cache.archive(self.image))
        self.assertEqual(1, self.image.builds)
        self.assertEqual("", self.progress.getvalue().strip("\0"))

    def test_builds_again_when_an_input_has_changed_and_back_costs_nothing(self) -> None:
        first = self.cache.archive(self.image)
        self.page.write_text("bye")
        second = self.cache.archive(self.image)
        self.page.write_text("hello")
        self.assertEqual(
            [first, "hello 1", "bye 2"], [self.cache.archive(self.image), first.read_text(), second.read_text()]
        )

    def test_the_latest_has_a_name_of_its_own(self) -> None:
        self.cache.archive(self.image)
        self.page.write_text("bye")
        latest = self.cache.archive(self.image)
        self.assertEqual(latest.name, os.readlink(self.cache.folder / "shop.tar"))

    def test_a_build_that_fails_leaves_nothing(self) -> None:
        def fail(work: Path, archive: Path) -> None:
            archive.write_text("half")
            raise Failure("no network")

        self.image.build = fail  # type: ignore[method-assign]
        with self.assertRaisesRegex(Failure, "no network"):
            self.cache.archive(self.image)
        self.assertEqual([".lock"], os.listdir(self.cache.folder))

    def test_an_archive_is_seen_only_when_it_is_complete(self) -> None:
        path = self.cache.folder / f"shop-{self.image.stamp()}.tar"
        build, seen = self.image.build, []

        def slow(work: Path, archive: Path) -> None:
            build(work, archive)
            seen.append(path.exists())

        self.image.build = slow  # type: ignore[method-assign]
        self.cache.archive(self.image)
        self.assertEqual(([False], True), (seen, path.exists()))

    def test_deletes_its_work_folder(self) -> None:
        self.cache.archive(self.image)
        self.assertEqual([False], [work.exists() for work in self.image.works])

    def test_prunes_old_archives_of_the_same_image_alone(self) -> None:
        old, recent, other = (
            self.cache.folder / name
            for name in ("shop-aaaaaaaaaaaa.tar", "shop-bbbbbbbbbbbb.tar", "shop-front-cccccccccccc.tar")
        )
        for path, age in ((old, KEPT_SECONDS + 60), (recent, KEPT_SECONDS - 60), (other, 2 * KEPT_SECONDS)):
            path.write_text("")
            os.utime(path, (time.time() - age,) * 2)
        self.cache.archive(self.image)
        self.assertEqual([False, True, True], [path.exists() for path in (old, recent, other)])

    def test_a_second_process_waits_for_the_lock(self) -> None:
        entered, stack = threading.Event(), contextlib.ExitStack()
        folder = self.repository / "other"
        stack.enter_context(ArchiveCache(folder).locked())

        def second() -> None:
            with ArchiveCache(folder).locked():
                entered.set()

        waiting = threading.Thread(target=second)
        waiting.start()
        self.wait_for("another build is running, waiting for it")
        self.assertFalse(entered.is_set())
        stack.close()
        waiting.join(10)
        self.assertTrue(entered.is_set())

    def wait_for(self, text: str) -> None:
        for _ in range(6000):  # a minute, on a machine that builds beside
            if re.search(text, self.progress.getvalue()):
                return
            time.sleep(0.01)
        self.fail(f"no {text!r} in {self.progress.getvalue()!r}")
