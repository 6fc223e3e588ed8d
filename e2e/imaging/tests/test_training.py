from __future__ import annotations

import json
import shutil
import ssl
import unittest
import urllib.request
from pathlib import Path

from imaging.programs import Failure
from imaging.sandbox.certificate import ELLIPTIC, make_certificate
from imaging.sandbox.local_server import serving
from imaging.sandbox.unpacked_image import UnpackedImage
from imaging.settings import REPOSITORY
from imaging.tests.fixtures import WithRepository
from imaging.training.class_archives import (
    is_shared,
    main_class,
    place,
    training_arguments,
    without_main_class,
)
from imaging.training.fake_api_server import FakeApiServer
from imaging.training.secrets_manager import answer, secrets_manager
from imaging.training.training_runs import MIGRATIONS, runs, write_migrations

ARGUMENTS = """-XX:+UseSerialGC
-XX:SharedArchiveFile=/opt/sluice/sluice.aot:/opt/sluice/sluice.jsa
-XX:AOTCache=/opt/sluice/operator.aot
-Xlog:aot*=off,cds*=off
-Xmx256m
-cp
/opt/sluice/classpath/a.jar:/opt/sluice/libs/b.jar
dev.sluice.migrations.cli.Main
"""


class ArgumentFileTest(unittest.TestCase):
    def test_is_without_the_archives_that_are_not_there_yet(self) -> None:
        expected = ["-XX:+UseSerialGC", "-Xmx256m", "-cp", "/opt/sluice/classpath/a.jar:/opt/sluice/libs/b.jar"]
        kept = training_arguments(ARGUMENTS)
        self.assertEqual([*expected, "dev.sluice.migrations.cli.Main"], kept.splitlines())
        self.assertEqual("dev.sluice.migrations.cli.Main", main_class(kept))
        self.assertEqual(expected, without_main_class(kept).splitlines())

    def test_of_each_image_names_an_archive_and_a_main_class(self) -> None:
        files = {
            "operator/src/main/image/opt/sluice/operator": "-XX:AOTCache=",
            "migrations-image/src/main/image/opt/sluice/sluice": "-XX:SharedArchiveFile=",
            "migrations-image/src/main/image-wait/opt/sluice/wait": "-XX:AOTCache=",
        }
        for path, option in files.items():
            with self.subTest(path):
                arguments = (REPOSITORY / path).read_text()
                self.assertIn(option, arguments)
                self.assertNotIn(option, training_arguments(arguments))
                self.assertRegex(main_class(training_arguments(arguments)), r"^dev\.sluice\.[a-zA-Z.]+Main$")


class ClassArchiveTest(WithRepository):
    def test_has_a_class_that_java_takes_from_there(self) -> None:
        lines = ["[0.1s][info][class,load] dev.sluice.operator.OperatorMain source: shared objects file"]
        self.assertTrue(is_shared(lines, "dev.sluice.operator.OperatorMain"))

    def test_has_not_what_java_takes_from_a_jar_or_the_archive_on_top(self) -> None:
        for source in ("jrt:/java.base", "file:/opt/sluice/a.jar", "shared objects file (top)"):
            self.assertFalse(
                is_shared([f"[0.1s] dev.sluice.migrations.cli.Main source: {source}"], "dev.sluice.migrations.cli.Main")
            )
        self.assertFalse(
            is_shared(
                ["[0.1s] dev.sluice.migrations.cli.Mainz source: shared objects file"], "dev.sluice.migrations.cli.Main"
            )
        )

    def test_is_placed_where_the_image_looks_for_it(self) -> None:
        image = UnpackedImage(self.repository)
        image.write("tmp/wait.aot", b"classes")
        self.assertEqual(b"classes", (place(image, "wait.aot", "")).read_bytes())
        self.assertTrue((self.repository / "opt/sluice/wait.aot").is_file())

    def test_that_was_not_made_fails_with_the_end_of_the_run(self) -> None:
        image = UnpackedImage(self.repository)
        image.write("tmp/wait.aot", b"")
        with self.assertRaisesRegex(Failure, r"no wait\.aot was made:\nline 2\n(line \d+\n)+line 21$"):
            place(image, "wait.aot", "\n".join(f"line {n}" for n in range(22)))


class TrainingRunsTest(WithRepository):
    def test_go_from_empty_to_a_rehearsal(self) -> None:
        found = [dict(line.split("=", 1) for line in run.splitlines()) for run in runs("a", 5432, 8080, 9090)]
        expected = [
            ("0", "a_drizzle", "drizzle"),
            ("0", "a_drizzle", "drizzle"),
            ("0", "a_flyway", "flyway"),
            ("0", "a_changelog", "changelog.yaml"),
            ("0", "a_changelog", "changelog.yaml"),
            ("40", "a_drizzle", "drizzle"),
            ("0", "a_rehearsed", "drizzle"),
        ]
        self.assertEqual(expected, [(run["EXIT"], run["PGDATABASE"], run["SLUICE_CHANGELOG"]) for run in found])
        self.assertEqual([True] * 5 + [False, True], ["PGSSLROOTCERT" in run for run in found])
        self.assertEqual([True] * 4 + [False] * 2 + [True], ["SLUICE_CREDENTIALS" in run for run in found])
        self.assertEqual(["http://127.0.0.1:8080"] * 2, [run["AWS_ENDPOINT_URL_SECRETS_MANAGER"] for run in found[4:6]])
        self.assertEqual([False] * 6 + [True], ["SLUICE_REHEARSAL" in run for run in found])
        self.assertEqual([True] + [False] * 6, ["SLUICE_PROBE_PORT" in run for run in found])

    def test_have_the_same_migrations_in_three_forms(self) -> None:
        write_migrations(self.repository)
        journal = json.loads((self.repository / "drizzle/meta/_journal.json").read_text())
        files = {f"{entry['tag']}.sql" for entry in journal["entries"]}
        self.assertEqual(files, {file.name for file in (self.repository / "drizzle").glob("*.sql")})
        self.assertEqual(MIGRATIONS, len(list((self.repository / "flyway").glob("V*__item.sql"))))
        self.assertEqual(
            MIGRATIONS, (self.repository / "changelog/items.sql").read_text().count("--changeset training:")
        )


class SecretsManagerTest(unittest.TestCase):
    def test_answers_with_the_login_of_the_database(self) -> None:
        secret = json.loads(answer(5432, "bench"))
        login = {"username": "postgres", "password": "bench", "host": "localhost", "port": 5432}
        self.assertEqual(login, json.loads(secret["SecretString"]))
        self.assertEqual({"ARN", "Name", "VersionId", "SecretString"}, set(secret))

    def test_answers_each_request(self) -> None:
        with serving(secrets_manager(5432, "bench")) as port:
            for _ in range(2):
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/", data=b'{"SecretId": "database"}', timeout=10
                ) as response:
                    self.assertEqual("application/x-amz-json-1.1", response.headers["Content-Type"])
                    self.assertEqual(answer(5432, "bench"), response.read())


@unittest.skipUnless(shutil.which("openssl"), "openssl makes its certificates")
class FakeApiServerTest(WithRepository):
    def test_goes_from_out_of_service_to_applied_with_both_certificates(self) -> None:
        for name in ("one", "other"):
            make_certificate(self.repository, name, ELLIPTIC, name, "IP:127.0.0.1")
        with serving(FakeApiServer(self.repository, ["one", "other"])) as port:
            codes = [self.get(port, "shop", certificate)[0] for certificate in ("other", "one", "other", "one")]
            watched = self.get(port, "?watch=true", "other")[1].splitlines()
        self.assertEqual([503, 404, 200, 200], codes)
        applied = [json.loads(line)["object"]["status"]["appliedRevisions"][0]["revision"] for line in watched]
        self.assertEqual(["1", "2"], applied)

    def get(self, port: int, path: str, certificate: str) -> tuple[int, bytes]:
        trusted = ssl.create_default_context(cafile=str(Path(self.repository, f"{certificate}.crt")))
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusted), AnyStatus())
        with opener.open(f"https://127.0.0.1:{port}/{path}", timeout=10) as response:
            return response.status, response.read()


class AnyStatus(urllib.request.HTTPErrorProcessor):
    def http_response(self, request, response):  # type: ignore[no-untyped-def]
        return response

    https_response = http_response
