from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from unittest import mock

from imaging import debian_root, docker_archive
from imaging.java_runtime import find_jdk, providers_of_java_base
from imaging.programs import Failure
from imaging.settings import REPOSITORY
from imaging.tests.fixtures import WithRepository

TARGETS = """
Packages Debian bookworm http://debian.example/debian/ bookworm main
Packages Debian bookworm-security http://debian.example/debian-security/ bookworm-security main
Packages Debian bookworm http://debian.example/debian/ bookworm main
Translations Debian bookworm http://debian.example/debian/ bookworm main
Packages Debian trixie http://debian.example/debian/ trixie main
Packages Docker bookworm https://docker.example/linux/debian bookworm stable
Packages  bookworm https://without.origin.example/debian bookworm stable
""".strip().splitlines()

SECURITY = """
# a comment
security.provider.1=SUN
security.provider.2=SunRsaSign
security.provider.3=XMLDSig
security.provider.4=SunJCE
security.provider.tbd=SunPKCS11
login.configuration.provider=sun.security.provider.ConfigFile
"""


class DebianRootTest(WithRepository):
    def test_the_sources_are_the_distributions_own(self) -> None:
        expected = [
            "deb http://debian.example/debian-security/ bookworm-security main",
            "deb http://debian.example/debian/ bookworm main",
        ]
        self.assertEqual(expected, sorted(debian_root.sources_of("bookworm", TARGETS)))
        self.assertEqual([], debian_root.sources_of("sid", TARGETS))
        self.assertEqual([], debian_root.sources_of("", TARGETS))

    def test_without_sources_apt_must_be_updated(self) -> None:
        debian_root.package_sources.cache_clear()
        self.addCleanup(debian_root.package_sources.cache_clear)
        with (
            mock.patch.object(debian_root, "output", lambda *_: "\n"),
            self.assertRaisesRegex(Failure, "run apt-get update as root"),
        ):
            debian_root.package_sources()

    def test_a_root_is_stripped_of_what_no_program_needs(self) -> None:
        kept = ["usr/share/doc/libc6/copyright", "usr/bin/page", "etc/apt/apt.conf", "usr/share/misc/x"]
        unneeded = [
            "usr/share/doc/libc6/changelog.gz",
            "usr/share/doc/empty/NEWS",
            "usr/share/man/man1/page",
            "usr/share/locale/de/x",
        ]
        unneeded += [
            "var/lib/apt/lists/x",
            "var/cache/apt/x",
            "var/log/x",
            "etc/apt/sources.list",
            "etc/apt/sources.list.d/x",
            "dev/null",
            "run/x",
        ]
        for path in (*kept, *unneeded):
            self.write(path)
        debian_root._strip(self.repository)
        self.assertEqual(sorted(kept), self.files())
        self.assertFalse((self.repository / "usr/share/doc/empty").exists())
        self.assertTrue((self.repository / "var/cache").is_dir())

    def test_what_is_kept_is_named(self) -> None:
        for path in ("usr/bin/x", "lib64/x", "libx32/x", "etc/x", ".hidden"):
            self.write(path)
        debian_root.keep_only(self.repository, "usr", "lib*")
        self.assertEqual(["lib64/x", "libx32/x", "usr/bin/x"], self.files())

    def test_a_link_is_deleted_and_not_what_it_leads_to(self) -> None:
        self.write("usr/lib/x")
        (self.repository / "lib").symlink_to("usr/lib")
        debian_root.remove(self.repository, "lib")
        self.assertEqual(["usr/lib/x"], self.files())
        self.assertFalse((self.repository / "lib").is_symlink())

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.repository)) for path in self.repository.rglob("*") if path.is_file())


class JavaRuntimeTest(WithRepository):
    def test_has_the_providers_of_java_base_alone_counted_anew(self) -> None:
        lines = providers_of_java_base(SECURITY).splitlines()
        numbered = [line for line in lines if line.startswith("security.provider.")]
        expected = [
            "security.provider.1=SUN",
            "security.provider.2=SunRsaSign",
            "security.provider.3=SunJCE",
            "security.provider.tbd=SunPKCS11",
        ]
        self.assertEqual(expected, numbered)
        self.assertIn("login.configuration.provider=sun.security.provider.ConfigFile", lines)
        self.assertIn("# a comment", lines)

    def test_comes_from_the_first_jdk_25(self) -> None:
        for home, version in (("a", "21.0.1"), ("b", "25.0.1"), ("c", "25")):
            self.write(f"{home}/release", f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
            self.write(f"{home}/bin/jlink").chmod(0o755)
        homes = tuple(str(self.repository / home) for home in ("gone", "a", "b", "c"))
        self.assertEqual(self.repository / "b", find_jdk(homes).home)

    def test_without_a_jdk_25_says_what_to_install(self) -> None:
        with (
            mock.patch("glob.glob", lambda _: []),
            self.assertRaisesRegex(Failure, "install one and name its folder in JDK25_HOME"),
        ):
            find_jdk((str(self.repository),))


class DockerArchiveTest(WithRepository):
    def test_is_written_and_unpacked_as_it_was(self) -> None:
        self.write("root/bin/page", "hello").chmod(0o755)
        (self.repository / "root/tmp").mkdir()
        (self.repository / "root/tmp").chmod(0o1777)
        archive = self.repository / "page.tar"
        docker_archive.write(
            REPOSITORY,
            "localhost/page:1",
            self.repository / "root",
            archive,
            environment={"PATH": "/bin"},
            entrypoint=["/bin/page", "-x"],
        )
        docker_archive.unpack(archive, self.repository / "copy")
        copy = self.repository / "copy"
        self.assertEqual(
            ("hello", 0o755), ((copy / "bin/page").read_text(), (copy / "bin/page").stat().st_mode & 0o7777)
        )
        self.assertEqual(0o1777, (copy / "tmp").stat().st_mode & 0o7777)
        expected = {"Entrypoint": ["/bin/page", "-x"], "User": "65532:65532", "WorkingDir": "/"}
        config = self.config(archive)
        self.assertEqual(expected, {key: config[key] for key in expected})
        self.assertEqual(["LANG=C.UTF-8", "PATH=/bin"], sorted(config["Env"]))

    def test_has_layers_that_lie_on_each_other(self) -> None:
        for n in (1, 2):
            self.write(f"{n}/page", str(n))
        archive = self.repository / "page.tar"
        with tarfile.open(archive, "w") as image:
            for n in (1, 2):
                layer = self.repository / f"{n}.tar"
                with tarfile.open(layer, "w") as files:
                    files.add(self.repository / str(n) / "page", "page")
                image.add(layer, layer.name)
            manifest = json.dumps([{"Layers": ["1.tar", "2.tar"]}]).encode()
            entry = tarfile.TarInfo("manifest.json")
            entry.size = len(manifest)
            image.addfile(entry, io.BytesIO(manifest))
        docker_archive.unpack(archive, self.repository / "copy")
        self.assertEqual("2", (self.repository / "copy/page").read_text())
        self.assertLess(docker_archive.compressed_size(archive), 1000)

    @staticmethod
    def config(archive: Path) -> dict[str, list[str]]:
        with tarfile.open(archive) as image:
            manifest = json.load(docker_archive._open(image, "manifest.json"))[0]
            config: dict[str, list[str]] = json.load(docker_archive._open(image, manifest["Config"]))["config"]
            return config
