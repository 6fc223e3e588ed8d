"""Builds the container images that the end-to-end tests and the demo need, as docker-archives in a cache.

Prints the archives' paths, one per line in the order asked for; progress goes to standard error.
An image whose sources haven't changed isn't built again. Cold: base 20 s, operator 60 s (with its AOT cache, for which it wants root and the
API server of e2e/cluster/build), runner 85 s (with its class archives, for which it wants root and the image postgres), wait 40 s (with its
own AOT cache), postgres 45 s, the tools 40 s each, golang-migrate 90 s.
  base      localhost/sluice-base:dev       Debian without a shell, and a Java runtime at /opt/sluice/jre; user 65532
  operator  localhost/sluice-operator:dev   SLUICE_VERSION sets another tag
  runner    localhost/sluice-runner:dev
  wait      localhost/sluice-wait:dev       the init container: libc, a Java runtime of one module, the classes of two packages
  postgres  localhost/sluice-postgres:15    PostgreSQL 15 with psql and a shell (cluster/postgres/entry names its variables)
  flyway    localhost/sluice-flyway:dev     the real Flyway on Debian with a shell, as a team may build it: /opt/flyway/flyway
  liquibase  localhost/sluice-liquibase:dev   the real Liquibase in the same way: /liquibase/liquibase
  golang-migrate  localhost/sluice-golang-migrate:dev   the real golang-migrate, built with Go: /usr/local/bin/migrate
  drizzle-kit  localhost/sluice-drizzle-kit:dev   the real drizzle-kit and its Node, in /app; these four have nothing of Sluice
Load them with e2e/cluster/load. SLUICE_CACHE moves the cache (default: ~/.cache/sluice).

wait comes from migrations-image by jlink and jar; operator and runner from operator and migrations-image, by their own jib-maven-plugin
configuration, of which this expects: the class path in jars, an entry point `/opt/sluice/jre/bin/java @/opt/sluice/operator` (or `.../sluice`
in the runner) and that argument file in the image.
"""

from __future__ import annotations

import argparse
import os

from imaging.archive_cache import ArchiveCache
from imaging.catalog import DEFAULT, choose, images
from imaging.programs import run_main
from imaging.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(
        "e2e/images", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="IMAGE", help=f"default: {' '.join(DEFAULT)}")
    names = parser.parse_args().names

    settings = Settings.of_environment(os.environ)
    cache = ArchiveCache(settings.cache / "images")
    chosen = choose(images(settings, cache), names)
    with cache.locked():
        archives = [cache.archive(image) for image in chosen]
    for archive in archives:
        print(archive)


if __name__ == "__main__":
    run_main("images", main)
