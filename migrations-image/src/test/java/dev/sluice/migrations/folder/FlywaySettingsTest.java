package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlywaySettingsTest {
  private static final String CONF =
      """
      # of the team
      flyway.url=jdbc:postgresql://localhost/shop
      flyway.password=canary
      flyway.sqlMigrationPrefix = M
      flyway.sqlMigrationSeparator=--
      flyway.sqlMigrationSuffixes=.pgsql,.sql
      flyway.placeholderPrefix=<<
      flyway.placeholderSuffix=>>
      flyway.placeholders.owner=an\\
        n
      flyway.schemas=shop, other
      flyway.table=history
      """;

  private static final String TOML =
      """
      [environments.default]
      url = "jdbc:postgresql://localhost/shop"
      password = "canary"
      schemas = ["shop", "other"]
      [flyway]
      table = "history"
      sqlMigrationPrefix = "M"
      sqlMigrationSeparator = "--"
      sqlMigrationSuffixes = [".pgsql", ".sql"]
      placeholderPrefix = "<<"
      placeholderSuffix = ">>"
      [flyway.placeholders]
      owner = "ann"
      """;

  @TempDir Path root;
  private TestChangelog changelog;

  @BeforeEach
  void folder() {
    changelog =
        new TestChangelog(root)
            .with("db/M1--one.pgsql", "create table t (i int, v text default '<<owner>>');")
            .with("db/V1__other.sql", "select 1;");
  }

  private Folder read(Map<String, String> parameters) {
    return switch (FolderReading.of(root, "db", Placeholders.of(parameters))) {
      case FolderReading.Read(var folder) -> folder;
      case FolderReading.Refused refused -> throw new AssertionError(refused);
    };
  }

  private String refused() {
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
      case FolderReading.Read(var folder) -> throw new AssertionError(folder);
      case FolderReading.Refused refused -> refused.message();
    };
  }

  private void isAsItSays() {
    var folder = read(Map.of());
    assertThat(folder.migrations()).extracting(Migration::file).containsExactly("M1--one.pgsql");
    assertThat(folder.migrations().getFirst().chunks().getFirst().sql()).contains("'ann'");
    assertThat(folder.scripts().schemas()).containsExactly("shop", "other");
    assertThat(folder.scripts().table()).isEqualTo("history");
    assertThat(folder.strays().getFirst()).contains("neither M1--name.sql nor R--name.sql");
    assertThat(folder.warnings()).isEmpty();
  }

  @Test
  void areReadFromFlywayConf() {
    changelog.with("db/flyway.conf", CONF);
    isAsItSays();
  }

  @Test
  void areReadFromFlywayToml() {
    changelog.with("db/flyway.toml", TOML);
    isAsItSays();
  }

  @Test
  void ofTheRunWinOverTheFile() {
    changelog.with("db/flyway.conf", CONF);
    var chunk = read(Map.of("OWNER", "bob")).migrations().getFirst().chunks().getFirst();
    assertThat(chunk.sql()).contains("'bob'");
  }

  @Test
  void aFileAloneMakesItFlywaysFolder() {
    changelog.without("db/V1__other.sql");
    changelog.with("db/flyway.conf", CONF);
    assertThat(read(Map.of()).layout()).isEqualTo(Layout.FLYWAY);
  }

  @ParameterizedTest
  @CsvSource({
    "initSql, select 1",
    "target, 3",
    "callbacks, com.acme.Audit",
    "encoding, ISO-8859-1",
    "sqlMigrationPrefx, X"
  })
  void whatWouldChangeWhatRunsIsRefusedByName(String key, String value) {
    changelog.with("db/flyway.conf", "flyway." + key + "=" + value);
    assertThat(refused()).isEqualTo("db/flyway.conf says " + key + ", which isn't read here");
    changelog.without("db/flyway.conf");
    changelog.with("db/flyway.toml", "[flyway]\n" + key + " = \"" + value + "\"\n");
    assertThat(refused()).contains(key);
  }

  @Test
  void whatHasItsPlaceInTheSpecIsNamed() {
    changelog.with("db/flyway.conf", "flyway.outOfOrder=true\nflyway.baselineVersion=3\n");
    assertThat(read(Map.of()).warnings())
        .isEqualTo(
            List.of(
                "db/flyway.conf: baselineVersion isn't read; here it is baseline.to",
                "db/flyway.conf: outOfOrder isn't read; here it is policy.outOfOrder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[flyway", "flyway = {", "table = \"canary"})
  void whatIsNoTomlIsRefusedWithItsLine(String text) {
    changelog.with("db/flyway.toml", text);
    assertThat(refused()).startsWith("db/flyway.toml isn't TOML").doesNotContain("canary");
  }

  @Test
  void aReferenceThatOnlyFlywayLooksUpIsRefused() {
    changelog.with("db/flyway.conf", "flyway.table=${env.TABLE}");
    assertThat(refused()).contains("refers to another value in table");
    changelog.with("db/flyway.conf", "flyway.password=${env.PASSWORD}");
    assertThat(read(Map.of()).layout()).isEqualTo(Layout.FLYWAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flyway.defaultSchema: app",
        "flyway.defaultSchema app",
        "# folder C:\\temp\\\nflyway.defaultSchema=app",
        "flyway.placeholders.x=C:\\\\\nflyway.defaultSchema=app",
        "flyway.defaultSchema=\\\n  app"
      })
  void areReadAsJavasProperties(String conf) {
    changelog.with("db/flyway.conf", conf);
    assertThat(read(Map.of()).scripts().schemas()).containsExactly("app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flyway.sqlMigrationPrefix=R",
        "flyway.repeatableSqlMigrationPrefix=V",
        "flyway.baselineMigrationPrefix=V",
        "flyway.sqlMigrationSeparator="
      })
  void namesThatCouldBeOfTwoKindsAreRefused(String conf) {
    changelog.with("db/flyway.conf", conf);
    assertThat(refused()).contains("has an empty separator, or one prefix twice");
  }

  @Test
  void aPlaceholderThatOnlyFlywayLooksUpIsForTheRunToGive() {
    changelog.with("db/flyway.conf", "flyway.placeholders.owner=${HOME}");
    assertThat(refused()).contains("refers to another value in placeholders.owner");
    assertThat(read(Map.of("owner", "ann")).layout()).isEqualTo(Layout.FLYWAY);
  }
}
