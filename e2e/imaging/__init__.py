"""Runs the programs of Sluice's images in their own root folders, and trains them.

From the bottom up; a module imports from those above it and its own line:

    programs, settings            run a program, fail with a remedy; where things are
    stamp, docker_archive         the hash of an image's inputs; archives written and read
    sandbox                       images unpacked into folders, and processes that end with them
    training                      class archives, recorded from real runs (`python3 -m imaging.training`)

Python 3.11 or newer, with its standard library alone. The tests: `python3 -m unittest discover -s e2e/imaging/tests -t e2e`.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"imaging: Python {sys.version.split()[0]} is too old: install Python 3.11 or newer")
