package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import dev.sluice.migrations.report.ChangeSetCounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of drizzle-kit, and what its own history and Liquibase's then say. */
class DrizzleHistoryIT {
  /** As drizzle-orm makes it. */
  private static final String HISTORY =
      """
      create schema drizzle;
      create table drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint);
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  /** One transaction made both the table and its rows. */
  @Test
  void commitsAMigrationTogetherWithItsRows() {
    database.execute(HISTORY);
    sluice.run();
    var table = database.query("select xmin from pg_class where relname = 'users'");
    assertThat(
            database.query("select xmin from databasechangelog where filename like '%users.sql'"))
        .isEqualTo(table);
    assertThat(database.query("select xmin from drizzle.__drizzle_migrations where id = 1"))
        .isEqualTo(table);
  }

  @Test
  void rollsAFailedMigrationBackAndNamesIt() {
    database.execute(HISTORY);
    changelog.thirdOfDrizzle(
        "create table third (i int);--> statement-breakpoint\ncreate table users (i int);");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().sqlState()).isEqualTo("42P07");
    assertThat(ran.failure().changeSet()).isEqualTo("0002_third");
    assertThat(ran.report().applied()).hasSize(2);
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(3, 1, 0));
    assertThat(database.has("third")).isFalse();
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .containsExactly("2");
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.run().report().applied()).hasSize(1);
  }

  @Test
  void writesTheHistoryOfDrizzleWhereItIs() {
    database.execute(HISTORY);
    sluice.run();
    assertThat(database.query("select hash || ' ' || created_at from drizzle.__drizzle_migrations"))
        .hasSize(2)
        .last()
        .asString()
        .matches("[0-9a-f]{64} 1700000001000");
  }

  @Test
  void writesTheHistoryOfVersionOneToo() {
    database.execute(
        HISTORY
            + "alter table drizzle.__drizzle_migrations add name text,"
            + " add applied_at timestamptz default now()");
    changelog.with("v1/20240101000000_a/migration.sql", "create table a (i int)");
    assertThat(sluice.with("SLUICE_CHANGELOG", "v1").run().exit()).isZero();
    assertThat(
            database.query(
                "select concat_ws(' ', created_at, name, applied_at is not null)"
                    + " from drizzle.__drizzle_migrations"))
        .containsExactly("1704067200000 20240101000000_a t");
  }

  @Test
  void makesNoHistoryOfDrizzle() {
    sluice.run();
    assertThat(database.has("drizzle.__drizzle_migrations")).isFalse();
  }

  @Test
  void refusesAHistoryOfAnotherText() {
    database.execute(
        HISTORY
            + "insert into drizzle.__drizzle_migrations (hash, created_at)"
            + " values ('x', 1700000000000)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("drizzle.__drizzle_migrations").contains("0000_users");
    assertThat(database.has("users")).isFalse();
  }

  @Test
  void liquibaseAcceptsTheLedger() throws Exception {
    var inside = inside("drizzle");
    inside.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: ./, relativeToChangelogFile: true, endsWithFilter: .sql}
        """);
    sluice.run();
    assertThat(EmbeddedLiquibase.pending(database, inside, "root.yaml")).isEmpty();
    EmbeddedLiquibase.update(database, inside, "root.yaml");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    assertThat(database.query("select md5sum like '9:%' from databasechangelog")).containsOnly("t");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.run().report().applied()).hasSize(1);
    assertThat(EmbeddedLiquibase.pending(database, inside, "root.yaml")).isEmpty();
  }

  @Test
  void liquibaseAcceptsTheLedgerOfVersionOne() throws Exception {
    changelog
        .with("v1/20240101000000_a/migration.sql", "create table a (i int)")
        .with("v1/20240102000000_b/migration.sql", "create table b (i int)");
    var inside = inside("v1");
    inside.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: ./, relativeToChangelogFile: true, endsWithFilter: .sql}
        """);
    sluice.with("SLUICE_CHANGELOG", "v1").run();
    assertThat(EmbeddedLiquibase.pending(database, inside, "root.yaml")).isEmpty();
    EmbeddedLiquibase.update(database, inside, "root.yaml");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
  }

  @Test
  void goesOnWhereLiquibaseIncludedTheFolder() throws Exception {
    var inside = inside("drizzle");
    inside.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: ./, relativeToChangelogFile: true, endsWithFilter: .sql}
        """);
    // Liquibase takes the question mark for a parameter
    changelog.with("drizzle/0001_orders.sql", "create table orders (id int)");
    EmbeddedLiquibase.update(database, inside, "root.yaml");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).isEmpty();
  }

  /** It names the files by their path below the root. */
  @ParameterizedTest
  @CsvSource({"drizzle, NothingPending, ", "., , LedgerPathDiffers"})
  void soItDoesWhereLiquibaseWasStartedAboveTheFolder(
      String path, @Nullable String outcome, @Nullable String reason) throws Exception {
    changelog
        .with(
            "root.yaml",
            "databaseChangeLog:\n- includeAll: {path: drizzle, endsWithFilter: .sql}\n")
        .with("drizzle/0001_orders.sql", "create table orders (id int)");
    EmbeddedLiquibase.update(database, changelog, "root.yaml");
    if (path.equals(".")) {
      sluice.with("SLUICE_ROOT", changelog.root().resolve("drizzle").toString());
    }
    var ran = sluice.with("SLUICE_CHANGELOG", path).run();
    assertThat(ran.report().outcome().label()).isEqualTo(outcome == null ? "Refused" : outcome);
    assertThat(ran.exit() == 0 ? null : ran.reason()).isEqualTo(reason);
  }

  private TestChangelog inside(String folder) {
    return new TestChangelog(changelog.root().resolve(folder));
  }

  /** drizzle-kit up: every file gets another name. */
  @Test
  void aFolderThatDrizzleKitHasUpgradedIsTheSame() {
    sluice.run();
    changelog
        .with(
            "v1/20231114221320_users/migration.sql",
            "CREATE TABLE users (id int);--> statement-breakpoint\n")
        .with(
            "v1/20231114221321_orders/migration.sql",
            "create table orders (j jsonb); select j ? 'a' from orders")
        .with("v1/20240102000000_next/migration.sql", "create table next (i int)");
    var ran = sluice.with("SLUICE_CHANGELOG", "v1").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("20240102000000_next");
  }

  @Test
  void anotherFolderOnTheSameLedgerIsToldToTakeAnother() {
    sluice.run();
    changelog
        .drizzle("other", "0000_first")
        .with("other/0000_first.sql", "create table first (i int)");
    changelog.with(
        "other/meta/_journal.json",
        "{\"entries\": [{\"tag\": \"0000_first\", \"when\": 1600000000000}]}");
    var ran = sluice.with("SLUICE_CHANGELOG", "other").run();
    assertThat(ran.reason()).isEqualTo("MigrationMissing");
    assertThat(ran.failure().hint()).contains("changelog.ledger.table");
    assertThat(sluice.with("SLUICE_LEDGER_TABLE", "other_changelog").run().exit()).isZero();
  }
}
