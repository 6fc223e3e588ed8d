package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.TransactionMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
      case FolderReading.Read(var folder) -> folder;
      case FolderReading.Refused refused -> throw new AssertionError(refused.message());
    };
  }

  private FolderReading.Refused refused() {
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
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
        .extracting(Migration::path)
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
                new ChunkText.Held("select 1;\r\nselect 2;\n"),
                true,
                true,
                false,
                null,
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
  void knowsWhichPlaceholdersNobodyGives() {
    changelog.with("db/V1__first_one.sql", "create table ${schema}.t (i int);");
    assertThat(read().migrations().getFirst().placeholders().missing()).containsExactly("schema");
    changelog.with("db/V1__first_one.sql.conf", "placeholderReplacement = false");
    assertThat(read().migrations().getFirst().placeholders()).isEqualTo(PlaceholderUse.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1.0__again.sql", "sub/V1__x.sql", "V1_0.sql"})
  void refusesAVersionThatIsThereTwice(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(refused().message()).contains("has the version of");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"createSchema.sql", "afterConnect.sql", "sub/beforeEachMigrateStatement__a.sql"})
  void refusesCallbacksThatArentRunHere(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(refused().file()).isEqualTo("db/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"beforeClean.sql", "afterInfo.sql", "sub/afterUndoError__a.sql"})
  void passesOverCallbacksOfOtherCommands(String name) {
    changelog.with("db/" + name, "select 1;");
    assertThat(read().scripts()).isEqualTo(FlywayScripts.NONE);
    assertThat(read().remarks()).isEmpty();
  }

  @Test
  void knowsCallbacksAndBaselines() {
    changelog
        .with("db/B7__base.sql", "select 1;")
        .with("db/B10__base.sql", "select 1;")
        .with("db/sub/beforeEachMigrate__grants.sql", "select 1;");
    assertThat(read().baselines())
        .extracting(Migration::name)
        .containsExactly("B7__base", "B10__base");
    assertThat(read().callbacks(CallbackEvent.BEFORE_EACH_MIGRATE))
        .extracting(Migration::path)
        .containsExactly("db/sub/beforeEachMigrate__grants.sql");
    assertThat(read().migrations()).noneMatch(m -> m.name().startsWith("B"));
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
    assertThat(read().remarks()).anyMatch(w -> w.startsWith("db/" + name));
    assertThat(read().migrations()).hasSize(1);
  }

  @Test
  void refusesAConfigurationItDoesNotKnow() {
    changelog.with("db/V1__first_one.sql.conf", "shouldExecute=false");
    assertThat(refused().message()).contains("shouldExecute");
  }

  @Test
  void theEndOfANameMayBeInCapitals() {
    changelog
        .with("db/V2__b_c.SQL", "vacuum;")
        .with("db/V2__b_c.SQL.conf", "executeInTransaction=false")
        .with("db/R__d.Sql", "select 1;")
        .with("db/init.SQL", "select 1;");
    assertThat(read().migrations())
        .extracting(Migration::path)
        .containsExactly("db/V1__first_one.sql", "db/V2__b_c.SQL", "db/R__d.Sql");
    assertThat(read().migrations().get(1).mode()).isEqualTo(TransactionMode.AUTOCOMMIT);
    assertThat(read().strays().getFirst()).startsWith("db/init.SQL: is named neither");
    changelog.with("db/afterMigrate.SQL", "select 1;");
    assertThat(read().callbacks(CallbackEvent.AFTER_MIGRATE)).hasSize(1);
  }

  @Test
  void aFolderWithNothingButCapitalsIsFlyways() {
    changelog.without("db/V1__first_one.sql");
    changelog.with("db/V1__A.SQL", "select 1;");
    assertThat(read().layout()).isEqualTo(Layout.FLYWAY);
  }

  @Test
  void whatIsInHiddenFoldersIsNoMigration() {
    changelog.with("db/.history/V7__h.sql", "select 1;").with("db/a/.b/c/V8__h.sql", "select 1;");
    assertThat(read().migrations()).hasSize(1);
    assertThat(FolderReading.of(root, ".", Placeholders.of(Map.of())))
        .isInstanceOf(FolderReading.Read.class);
  }

  @Test
  void aFolderNamedAsAMigrationIsLookedIntoWithAWarning() {
    changelog.with("db/V4__dir.sql/V5__inner.sql", "select 1;");
    assertThat(read().migrations())
        .extracting(Migration::path)
        .containsExactly("db/V1__first_one.sql", "db/V4__dir.sql/V5__inner.sql");
    assertThat(read().warnings().getFirst()).startsWith("db/V4__dir.sql: is a folder");
  }

  @Test
  void aLinkToNowhereIsRefused() throws Exception {
    Files.createSymbolicLink(root.resolve("db/V3__gone.sql"), Path.of("nowhere.sql"));
    assertThat(refused().message()).isEqualTo("db/V3__gone.sql is a link to what isn't there");
  }

  /** Emacs marks a file that is open by such a link. */
  @Test
  void anEditorsHiddenLinkToNowhereIsPassedOver() throws Exception {
    Files.createSymbolicLink(root.resolve("db/.#V3__open.sql"), Path.of("ann@host.1"));
    assertThat(read().migrations()).hasSize(1);
  }

  @Test
  void aLinkInsideOfTheRootIsFollowed() throws Exception {
    changelog.with("other/V2__two.sql", "select 2;").with("three.sql", "select 3;");
    Files.createSymbolicLink(root.resolve("db/other"), Path.of("../other"));
    Files.createSymbolicLink(root.resolve("db/V3__three.sql"), Path.of("../three.sql"));
    assertThat(read().migrations())
        .extracting(Migration::path)
        .containsExactly("db/V1__first_one.sql", "db/other/V2__two.sql", "db/V3__three.sql");
  }

  @Test
  void aLinkOutOfTheRootIsRefused(@TempDir Path other) throws Exception {
    var outside = new TestChangelog(other).with("V2__two.sql", "canary");
    Files.createSymbolicLink(root.resolve("db/V2__two.sql"), other.resolve("V2__two.sql"));
    assertThat(refused().message())
        .isEqualTo("db/V2__two.sql is a link to what is outside of the changelog's root");
    Files.delete(root.resolve("db/V2__two.sql"));
    Files.createSymbolicLink(root.resolve("db/sub"), outside.root());
    assertThat(refused().message()).startsWith("db/sub is a link to what is outside");
    Files.createSymbolicLink(root.resolve("all"), outside.root());
    assertThat(FolderReading.of(root, "all", Placeholders.of(Map.of())))
        .asString()
        .contains("all is a link to what");
  }

  @Test
  void aLinkToAFolderAroundItIsRefused() throws Exception {
    Files.createSymbolicLink(root.resolve("db/again"), Path.of("."));
    assertThat(refused().message()).isEqualTo("db/again is a link to a folder that it is in");
  }

  @Test
  void noRefusalRepeatsAValue() {
    changelog.with("db/V2__a.sql", "select 1").with("db/V2__a.sql.conf", "password: canary");
    assertThat(refused().message()).contains("says password").doesNotContain("canary");
  }
}
