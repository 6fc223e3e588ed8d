from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys
import unittest

from imaging.programs import Failure, output, require, run
from imaging.settings import REPOSITORY

INTERRUPTED = """
import sys
from imaging.programs import run, run_main
def main():
    try:
        run(["sh", "-c", "sleep 60 >/dev/null 2>&1 & trap 'kill $!; echo child; exit' TERM; echo ready; wait"], "failed", stdout=1)
    finally:
        print("unwound", flush=True)
run_main("test", main)
"""

AT_ITS_START = """
import os, signal, subprocess
from imaging.programs import run, run_main
start = subprocess.Popen
def interrupted(*args, **options):
    process = start(*args, **options)
    os.kill(os.getpid(), signal.SIGTERM)
    return process
subprocess.Popen = interrupted
run_main("test", lambda: run(["sleep", "60"], "failed", stdout=1))
"""


class ProgramsTest(unittest.TestCase):
    def test_output_is_what_a_program_printed(self) -> None:
        self.assertEqual("a line\n", output(["cat"], "failed", text="a line\n"))

    def test_a_failure_has_the_reason_that_is_given(self) -> None:
        with self.assertRaisesRegex(Failure, "^the page could not be built$"):
            run(["false"], "the page could not be built")

    def test_a_failure_without_one_has_the_lines_of_the_program(self) -> None:
        with self.assertRaisesRegex(Failure, "^sh failed: no such page$"):
            output(["sh", "-c", "echo no such page >&2; exit 3"])

    def test_a_program_that_is_not_there_is_to_be_installed(self) -> None:
        with self.assertRaisesRegex(Failure, "no-such-program isn't installed"):
            output(["no-such-program"], "failed")
        with self.assertRaisesRegex(Failure, "^install it$"):
            require("no-such-program", "install it")
        require("sh", "install it")

    def test_a_program_has_the_variables_that_are_given(self) -> None:
        log = io.StringIO()
        with contextlib.redirect_stderr(log):
            run(["sh", "-c", '[ "$PAGE" = one ]'], "the variable isn't there", variables={"PAGE": "one"})

    def test_a_program_that_was_just_being_started_is_ended_too(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", AT_ITS_START], cwd=REPOSITORY / "e2e", stdout=subprocess.PIPE, timeout=50
        )
        self.assertEqual(128 + signal.SIGTERM, done.returncode)

    def test_when_it_is_ended_it_ends_its_program_and_unwinds(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED], cwd=REPOSITORY / "e2e", stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        with process, process.stdout as lines:
            self.assertEqual("ready\n", lines.readline())
            process.send_signal(signal.SIGTERM)
            self.assertEqual(["child\n", "unwound\n"], lines.readlines())
        self.assertEqual(128 + signal.SIGTERM, process.returncode)
