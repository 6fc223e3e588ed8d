package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayFolderTest {
  @TempDir Path root;
  private TestChangelog changelog;

  @BeforeEach
  void aFolder() {
    changelog = new TestChangelog(root).with("db/V1__first_one.sql", "select 1;");
  }

  private Folder read() {
    return switch (FolderReading.of(root, "db")) {
      case FolderReading.Read(var folder) -> folder;
      case FolderReading.Refused refused -> throw new AssertionError(refused.message());
    };
  }

  private FolderReading.Refused refused() {
    return switch (FolderReading.of(root, "db")) {
      case FolderReading.Read(var folder) -> throw new AssertionError(folder.toString());
      case FolderReading.Refused refused -> refused;
    };
  }

  @Test
  void versionsAreNumbersAndRepeatableOnesComeLast() {
    changelog
        .with("db/V10__x.sql", "select 1;")
        .with("db/V1.2__x.sql", "select 1;")
        .with("db/V1_10__x.sql", "select 1;")
        .with("db/sub/V002__x.sql", "select 1;")
        .with("db/R__b.sql", "select 1;")
        .with("db/R__a.sql", "select 1;");
    assertThat(read().migrations())
        .extracting(Migration::file)
        .containsExactly(
            "db/V1__first_one.sql",
            "db/V1.2__x.sql",
            "db/V1_10__x.sql",
            "db/sub/V002__x.sql",
            "db/V10__x.sql",
            "db/R__a.sql",
            "db/R__b.sql");
  }

  @Test
  void sendsAFileAtOnce() {
    changelog.with("db/V1__first_one.sql", "select 1;\r\nselect 2;\n");
    assertThat(read().migrations().getFirst().chunks())
        .containsExactly(
            new Chunk(
                "select 1;\r\nselect 2;\n",
                true,
                true,
                false,
                new SourcePosition("db/V1__first_one.sql", 0, 1)));
  }

  @Test
  void knowsWhereEachStatementBegins() {
    changelog
        .with("db/V1__first_one.sql", "\uFEFFvacuum;\r\n\r\n-- why\nselect ';\n';\nselect\r1;")
        .with("db/V1__first_one.sql.conf", "executeInTransaction=false");
    assertThat(read().migrations().getFirst().chunks())
        .extracting(Chunk::position)
        .containsExactly(
            new SourcePosition("db/V1__first_one.sql", 0, 1),
            new SourcePosition("db/V1__first_one.sql", 11, 3),
            new SourcePosition("db/V1__first_one.sql", 31, 6));
  }

  @Test
  void sendsStatementsOneByOneWhereNoTransactionHoldsThem() {
    changelog
        .with("db/V1__first_one.sql", "create table t (i int);\n-- why;\nselect ';';")
        .with("db/V1__first_one.sql.conf", "# so\nexecuteInTransaction=false\n");
    assertThat(read().migrations().getFirst().mode()).isEqualTo(TransactionMode.AUTOCOMMIT);
    assertThat(read().migrations().getFirst().chunks())
        .extracting(Chunk::sql)
        .containsExactly("create table t (i int);", "-- why;\nselect ';';");
  }

  @Test
  void namesAPlaceholder() {
    changelog.with("db/V1__first_one.sql", "create table ${schema}.t (i int);");
    assertThat(refused().message()).contains("db/V1__first_one.sql").contains("${schema}");
    changelog.with("db/V1__first_one.sql.conf", "placeholderReplacement = false");
    assertThat(read().migrations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1.0__again.sql", "sub/V1__x.sql", "V1_0.sql"})
  void refusesAVersionThatIsThereTwice(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(refused().message()).contains("has the version of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"B7__base.sql", "afterMigrate.sql", "sub/beforeEachMigrate__grants.sql"})
  void refusesWhatOnlyFlywayRuns(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(refused().file()).isEqualTo("db/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2__x.sql",
        "Vx__y.sql",
        "V2a__y.sql",
        "init.sql",
        "U1__first_one.sql",
        "after.sql",
        "V1__first_one.conf"
      })
  void warnsOfOtherNames(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(read().warnings()).anyMatch(w -> w.startsWith("db/" + name));
    assertThat(read().migrations()).hasSize(1);
  }

  @Test
  void refusesAConfigurationItDoesNotKnow() {
    changelog.with("db/V1__first_one.sql.conf", "shouldExecute=false");
    assertThat(refused().message()).contains("shouldExecute");
  }
}
