package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No reference of a changelog and no link leads to a file outside of the root. */
class OutsideOfTheRootIT {
  private static final String CANARY = "SuperCanaryPw99";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();
  @TempDir private Path other;

  @BeforeEach
  void aSecretIsThere() throws Exception {
    Files.writeString(other.resolve("secret"), CANARY + "\n1\n");
    Files.writeString(other.resolve("secret.sql"), CANARY + "\n");
    Files.writeString(other.resolve("secret.yaml"), CANARY + "\n");
    Files.writeString(other.resolve("secret.properties"), "name=" + CANARY + "\n");
  }

  private void isRefused(TestRunner.Ran ran, String name) {
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("outside of the", name);
    assertThat(ran.output() + ran.report()).doesNotContain(CANARY);
    assertThat(database.query("select count(*) from pg_class where relname in ('first', 't')"))
        .containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlFile: {path: OTHER/secret}",
        "sqlFile: {path: OTHER/secret, relativeToChangelogFile: true}",
        "loadData: {file: OTHER/secret, tableName: t}",
        "loadUpdateData: {file: OTHER/secret, tableName: t, primaryKey: i}",
        "createProcedure: {path: OTHER/secret, procedureName: p}",
        "createView: {path: OTHER/secret, viewName: v, fullDefinition: true}",
        "insert: {tableName: t, columns: [{column: {name: i, valueClobFile: OTHER/secret}}]}",
        "insert: {tableName: t, columns: [{column: {name: i, valueBlobFile: OTHER/secret}}]}",
        "update: {tableName: t, columns: [{column: {name: i, valueClobFile: OTHER/secret}}]}",
        "sqlFile: {path: link}",
        "sqlFile: {path: folder/secret}",
        "sqlFile: {path: OTHER/absent}"
      })
  void aChangeOfAChangelogIsRefusedBeforeAnythingRuns(String change) throws Exception {
    Files.createSymbolicLink(changelog.root().resolve("link"), other.resolve("secret"));
    Files.createSymbolicLink(changelog.root().resolve("folder"), other);
    changelog.with(
        "db/root.yaml",
        """
        databaseChangeLog:
        - changeSet:
            id: 1
            author: ann
            changes:
            - sql: {sql: "create table first (i int); create table t (i text)"}
        - changeSet:
            id: 2
            author: ann
            changes:
            - CHANGE
        """
            .replace("CHANGE", change.replace("OTHER", outside())));
    var name = change.contains("OTHER") ? other.getFileName() + "" : change.split("path: |}", 3)[1];
    isRefused(sluice.with("SLUICE_CHANGELOG", "db/root.yaml").run(), name);
  }

  private String outside() {
    return "../../" + other.getFileName();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include: {file: OTHER/secret.sql}",
        "include: {file: OTHER/secret.yaml}",
        "include: {file: OTHER/secret.yaml, relativeToChangelogFile: true}",
        "include: {file: link.sql}",
        "includeAll: {path: OTHER}",
        "includeAll: {path: folder}",
        "property: {file: OTHER/secret.properties}"
      })
  void aPartOfAChangelogIsRefused(String part) throws Exception {
    Files.createSymbolicLink(changelog.root().resolve("link.sql"), other.resolve("secret.sql"));
    Files.createSymbolicLink(changelog.root().resolve("folder"), other);
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - PART
        - changeSet:
            id: 1
            author: ann
            changes:
            - sql: {sql: "create table first (i int)"}
        """
            .replace("PART", part.replace("OTHER", "../" + other.getFileName())));
    var name = part.contains("OTHER") ? other.getFileName() + "" : part.split(": |}", 4)[2];
    isRefused(sluice.with("SLUICE_CHANGELOG", "root.yaml").run(), name);
  }

  @Test
  void aChangelogThatIsALinkIsRefused() throws Exception {
    Files.createSymbolicLink(changelog.root().resolve("root.yaml"), other.resolve("secret.yaml"));
    isRefused(sluice.with("SLUICE_CHANGELOG", "root.yaml").run(), "root.yaml");
  }

  /** As in a mounted ConfigMap. */
  @Test
  void aLinkToAFileBelowTheRootIsFine() throws Exception {
    changelog.with("..data/a.sql", "create table t (i int)");
    Files.createSymbolicLink(changelog.root().resolve("a.sql"), Path.of("..data/a.sql"));
    changelog.sql("--changeset ann:1\ncreate table first (i int);");
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - include: {file: root.sql}
        - changeSet: {id: 1, author: ann, changes: [{sqlFile: {path: a.sql}}]}
        """);
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.yaml").run().exit()).isZero();
    assertThat(database.has("t")).isTrue();
  }
}
