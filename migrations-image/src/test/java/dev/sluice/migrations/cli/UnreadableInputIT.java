package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.cli.TestRunner.Ran;
import dev.sluice.migrations.report.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What nobody can run ends at once and for good, in words that say what to do. */
class UnreadableInputIT {
  @RegisterExtension private final RunnerFixture fixture = new RunnerFixture();

  private static void isForGood(Ran ran, String reason) {
    assertThat(ran.reason()).isEqualTo(reason);
    assertThat(ran.exit()).isIn(Exit.PERMANENT.code(), Exit.CONFIGURATION.code());
    assertThat(ran.output()).doesNotContain("a bug", "    at ");
  }

  private Ran folder() {
    return fixture.runner().with("SLUICE_CHANGELOG", "f").run();
  }

  @Test
  void changelogsThatIncludeEachOther() {
    fixture
        .changelog()
        .with("a.yaml", "databaseChangeLog: [{include: {file: b.yaml}}]")
        .with("b.yaml", "databaseChangeLog: [{include: {file: a.yaml}}]");
    var ran = fixture.runner().with("SLUICE_CHANGELOG", "a.yaml").run();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).isEqualTo("changelogs include each other: a.yaml, b.yaml");
  }

  @Test
  void aliasesThatStandForBillionsOfValues() {
    var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (var i = 1; i < 10; i++) {
      yaml.append("a%1$d: &a%1$d [%2$s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    fixture.changelog().with("a.yaml", yaml + "databaseChangeLog: []\n");
    fixture.changelog().with("root.yaml", "databaseChangeLog: [{include: {file: a.yaml}}]");
    var ran = fixture.runner().with("SLUICE_CHANGELOG", "root.yaml").run();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).contains("a.yaml").contains("aliases stand for more than a million");
  }

  @Test
  void aProgramWithoutEnoughMemory(@TempDir Path folder) throws Exception {
    fixture.changelog().sql("--changeset ann:1\nselect '" + "x".repeat(30 << 20) + "';\n");
    var output = folder.resolve("output");
    var process = fixture.runner().start(output, "-Xmx48m");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Exit.CONFIGURATION.code());
    assertThat(output)
        .content()
        .contains("OutOfMemory: it needs more memory than", "\"reason\":\"OutOfMemory\"");
  }

  /** Where the changelog has classes of its own, results are kept for them. */
  @Test
  void aResultThatDoesNotFitIntoMemory(@TempDir Path folder) throws Exception {
    fixture
        .changelog()
        .with("lib/empty.jar", "PK\u0005\u0006" + "\0".repeat(18))
        .sql("--changeset ann:1\nselect repeat('x', 1000) from generate_series(1, 200000);\n");
    var output = folder.resolve("output");
    var process = fixture.runner().start(output, "-Xmx64m");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Exit.CONFIGURATION.code());
    assertThat(output).content().contains("OutOfMemory", "root.sql::1::ann");
  }

  @Test
  void aNulInAFolder() {
    fixture.changelog().with("f/V1__a.sql", "select 1;\nselect 'a\0b';");
    var ran = folder();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).contains("f/V1__a.sql has a NUL character in line 2");
  }

  @Test
  void utf16WithoutAMarkInAFolder() throws IOException {
    utf16("f/V1__a.sql", "select 1;");
    isForGood(folder(), "ChangelogInvalid");
  }

  @Test
  void aNulInAChangeSet() {
    fixture.changelog().sql("--changeset ann:1\nselect 'a\0b';");
    var ran = fixture.runner().run();
    isForGood(ran, "ChangeSetFailed");
    assertThat(ran.message()).isEqualTo("it has a NUL character, which no statement can have");
  }

  @Test
  void utf16InASqlFile() throws IOException {
    utf16("a.sql", "select 1");
    fixture
        .changelog()
        .with(
            "root.yaml",
            """
            databaseChangeLog:
              - changeSet: {id: 1, author: ann, changes: [sqlFile: {path: a.sql}]}
            """);
    isForGood(fixture.runner().with("SLUICE_CHANGELOG", "root.yaml").run(), "ChangeSetFailed");
  }

  @Test
  void aCopyWithoutDataInAChangeSet() {
    fixture.changelog().sql("--changeset ann:1\ncreate table a (i int);\nCOPY a FROM stdin;");
    var ran = fixture.runner().run();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).contains("copies FROM STDIN");
  }

  @Test
  void linksThatLeadInACircle() throws IOException {
    var changelog = fixture.changelog();
    changelog.with("f/V1__a.sql", "select 1;").with("f/a/x", "").with("f/b/x", "");
    link(changelog, "f/a/to", "../b");
    link(changelog, "f/b/to", "../a");
    var ran = folder();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).contains("is a link to a folder that it is in");
    Files.delete(changelog.root().resolve("f/b/to"));
  }

  @Test
  void aLinkToItself() throws IOException {
    fixture.changelog().with("f/V1__a.sql", "select 1;");
    link(fixture.changelog(), "f/V2__b.sql", "V2__b.sql");
    var ran = folder();
    isForGood(ran, "ChangelogInvalid");
    assertThat(ran.message()).contains("f/V2__b.sql is a link");
  }

  private static void link(TestChangelog changelog, String path, String target) throws IOException {
    Files.createSymbolicLink(changelog.root().resolve(path), Path.of(target));
  }

  private void utf16(String path, String text) throws IOException {
    fixture.changelog().with(path, "");
    Files.write(fixture.changelog().root().resolve(path), text.getBytes(StandardCharsets.UTF_16LE));
  }
}
