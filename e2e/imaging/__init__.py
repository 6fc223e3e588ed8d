"""Builds Sluice's images, runs their programs in their own root folders, trains them and measures them.

From the bottom up; a module imports from those above it and its own line:

    programs, settings            run a program, fail with a remedy; where things are
    stamp, docker_archive         the hash of an image's inputs; archives written and read
    debian_root, java_runtime     what most images consist of
    image_definition, archive_cache    an image's name, inputs and build; built archives, by the hash of their inputs
    sluice_images, wait_image, postgres_image, tool_images, catalog     the images (`python3 -m imaging`, as e2e/images)
    sandbox                       images unpacked into folders, and processes that end with them
    training                      class archives, recorded from real runs (`python3 -m imaging.training`)
    bench                         `python3 -m imaging.bench`, as e2e/bench

Python 3.11 or newer, with its standard library alone. The tests: `python3 -m unittest discover -s e2e/imaging/tests -t e2e`.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"imaging: Python {sys.version.split()[0]} is too old: install Python 3.11 or newer")
