from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from unittest import mock

from imaging import trained_image
from imaging.programs import Failure
from imaging.tests.fixtures import WithRepository, settings
from imaging.wait_image import WaitImage


class TrainedImageTest(WithRepository):
    def test_without_root_says_what_is_lost(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as progress:
            self.assertFalse(WaitImage(self.settings).can_train("is no AOT cache for the image wait"))
        expected = "images: without root there is no AOT cache for the image wait: it starts more slowly\n"
        self.assertEqual(expected, progress.getvalue())

    def test_with_root_says_nothing(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as progress:
            self.assertTrue(
                WaitImage(settings(self.repository, root=True)).can_train("is no AOT cache for the image wait")
            )
        self.assertEqual("", progress.getvalue())

    def test_is_trained_by_its_name(self) -> None:
        with mock.patch.object(trained_image, "run") as run:
            WaitImage(self.settings).train("the AOT cache", Path("/a.tar"), Path("/wait.aot"))
        command = [sys.executable, "-m", "imaging.training", "wait", Path("/a.tar"), Path("/wait.aot")]
        self.assertEqual(mock.call(command, mock.ANY, cwd=self.repository / "e2e"), run.call_args)

    def test_a_training_that_fails_is_reported(self) -> None:
        (self.repository / "e2e").mkdir()
        with self.assertRaisesRegex(Failure, "the AOT cache could not be made: see the lines above"):
            with contextlib.redirect_stderr(io.StringIO()), mock.patch.object(sys, "executable", "false"):
                WaitImage(self.settings).train("the AOT cache", Path("/a.tar"), Path("/wait.aot"))
