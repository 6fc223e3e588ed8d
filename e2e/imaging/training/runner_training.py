"""Makes the class archives of the runner's image: an AOT cache, whose classes are all loaded and linked before the program begins, of what every
run needs and folders do; and one on top of it, whose classes are loaded when they are used, of Liquibase, the AWS SDK and rehearsals.

The image's program runs on a real PostgreSQL with TLS: folders of Drizzle and Flyway and a changelog from empty, nothing pending, a secret of a
server that answers as AWS Secrets Manager, an unknown CA, a rehearsal on the image's own PostgreSQL. One process is what Java records, so dev.sluice.migrations.cli.Training in the image
goes through them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from imaging.sandbox.certificate import RSA, make_certificate
from imaging.sandbox.local_server import serving
from imaging.sandbox.postgres_server import PASSWORD, PostgresServer
from imaging.sandbox.sandbox import Sandbox
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.sandbox.waiting import free_port
from imaging.training.class_archives import (
    JAVA,
    aot_options,
    argument_file,
    check_both_archives,
    place,
    training_arguments,
    without_main_class,
)
from imaging.training.secrets_manager import secrets_manager
from imaging.training.training_runs import runs, write_migrations

ON_TOP = ["-XX:SharedArchiveFile=/opt/sluice/sluice.aot", "-XX:ArchiveClassesAtExit=/tmp/sluice.jsa"]


def train(sandbox: Sandbox, archive: Path, postgres_archive: Path, folder: Path) -> None:
    image = sandbox.unpack("runner", archive)
    postgres = PostgresServer(sandbox.unpack("postgres", postgres_archive))
    certificate = _give_certificate(postgres.image)
    postgres.start(sandbox)
    image.write("training/ca.crt", certificate)
    image.write("training/credentials/username", "postgres")
    image.write("training/credentials/password", PASSWORD)
    write_migrations(image.root / "training/root")
    scratch = image.root / "training/rehearsal"  # as the volume in a pod
    scratch.mkdir()
    scratch.chmod(0o777)
    image.write("training/arguments", without_main_class(training_arguments(argument_file(image, "sluice"))))
    with serving(secrets_manager(postgres.port, PASSWORD)) as secrets:
        _record(image, postgres, secrets, "sluice.aot", 3, aot_options("sluice.aot"))
        _record(image, postgres, secrets, "sluice.jsa", 7, ON_TOP)
    check_both_archives(image)
    for name in ("sluice.aot", "sluice.jsa"):
        shutil.copyfile(image.root / "opt/sluice" / name, folder / name)


def _give_certificate(postgres: UnpackedImage) -> bytes:
    make_certificate(postgres.root / "tls", "tls", RSA, "localhost", "DNS:localhost")
    for file in ("tls.key", "tls.crt"):
        (postgres.root / "tls" / file).chmod(0o644)
    return (postgres.root / "tls/tls.crt").read_bytes()


def _record(
    image: UnpackedImage, postgres: PostgresServer, secrets: int, archive: str, last: int, options: list[str]
) -> None:
    """Makes an archive of the first runs, and puts it where a run of the image finds it."""
    prefix = archive.replace(".", "_")
    for tool in ("drizzle", "flyway", "changelog", "rehearsed"):
        postgres.query("postgres", f"create database {prefix}_{tool}")
    files = []
    for number, run in enumerate(runs(prefix, postgres.port, secrets, free_port())[:last], start=1):
        image.write(f"training/runs/{number}", run)
        files.append(f"/training/runs/{number}")
    nobody = {"AWS_ACCESS_KEY_ID": "training", "AWS_SECRET_ACCESS_KEY": "training"}
    done = image.run([JAVA, *options, "@/training/arguments", "dev.sluice.migrations.cli.Training", *files], nobody)
    place(image, archive, done.stdout)
