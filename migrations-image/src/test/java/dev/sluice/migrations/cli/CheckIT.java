package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ChangeSetCounts;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder against the history of its own tool, after that has run; the Flyway is the real one. */
class CheckIT {
  private static final String USERS = "create table users (id int);";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", ".");

  private Flyway flyway() {
    return RealFlyway.on(database, changelog, ".").baselineVersion("1.0").load();
  }

  private void flywayFolder() {
    changelog
        .with("V1__users.sql", USERS)
        .with("V2__orders.sql", "create table orders (id int);")
        .with("R__views.sql", "create or replace view v as select 1 as one;");
  }

  @Test
  void whatTheRealFlywayMigratedAgrees() {
    flywayFolder();
    flyway().migrate();

    var checked = sluice.check();

    assertThat(checked.exit()).isZero();
    assertThat(checked.report().counts()).isEqualTo(new ChangeSetCounts(3, 0, 0));
    assertThat(database.has("databasechangelog")).as("it changes nothing").isFalse();
  }

  @Test
  void aMigrationThatFlywayDidNotRunIsNamed() {
    flywayFolder();
    flyway().migrate();
    changelog.with("V1.5__late.sql", "select 1;").with("V3__next.sql", "select 1;");

    var checked = sluice.check();

    assertThat(checked.exit()).isEqualTo(20);
    assertThat(checked.reason()).isEqualTo("LedgerDiffers");
    assertThat(checked.message())
        .isEqualTo("isn't in \"public\".flyway_schema_history: V1.5__late.sql, V3__next.sql");
    assertThat(checked.failure().file()).isEqualTo("V1.5__late.sql");
  }

  @Test
  void aMigrationThatFlywayEnteredAsFailedIsNamed() {
    flywayFolder();
    flyway().migrate();
    database.execute("update flyway_schema_history set success = false where version = '2'");

    assertThat(sluice.check().message()).isEqualTo("failed: V2__orders.sql");
  }

  @Test
  void aMigrationThatIsAnotherOneNowIsNamed() {
    flywayFolder();
    flyway().migrate();
    changelog.with("V2__orders.sql", "create table orders (id bigint);");
    changelog.with("R__views.sql", "create or replace view v as select 2 as one;");

    assertThat(sluice.check().message())
        .isEqualTo("isn't what was applied: V2__orders.sql, R__views.sql");
  }

  @Test
  void whatIsUpToFlywaysBaselineCountsAsApplied() {
    flywayFolder();
    database.execute(USERS);
    flyway().baseline();
    flyway().migrate();

    assertThat(sluice.check().exit()).isZero();
  }

  /** drizzle-kit takes what is younger than the youngest row, and says nothing of the rest. */
  @Test
  void aMigrationThatDrizzlePassedOverIsNamed() {
    drizzleFolder();
    database.execute("delete from drizzle.__drizzle_migrations where created_at = 1700000001000");

    assertThat(sluice.check().message())
        .isEqualTo("isn't in drizzle.__drizzle_migrations: drizzle/0001_late.sql");
  }

  @Test
  void whatDrizzleAppliedAgreesUnlessItIsAnotherOneNow() {
    drizzleFolder();
    assertThat(sluice.check().exit()).isZero();

    changelog.with("drizzle/0001_late.sql", "create table other (id int);");
    assertThat(sluice.check().message()).isEqualTo("isn't what was applied: drizzle/0001_late.sql");
  }

  /** With its rows, as drizzle-orm enters them. */
  private void drizzleFolder() {
    database.execute(
        """
        create schema drizzle;
        create table drizzle.__drizzle_migrations (
          id serial primary key, hash text not null, created_at bigint)
        """);
    changelog
        .drizzle("drizzle", "0000_users", "0001_late", "0002_orders")
        .with("drizzle/0000_users.sql", USERS)
        .with("drizzle/0001_late.sql", "create table late (id int);")
        .with("drizzle/0002_orders.sql", "create table orders (id int);");
    sluice.with("SLUICE_CHANGELOG", "drizzle").run();
  }

  @Test
  void aHistoryUnderAnotherNameIsFound() {
    flywayFolder();
    database.execute("create schema audit");
    Flyway.configure()
        .configuration(flyway().getConfiguration())
        .schemas("public", "audit")
        .defaultSchema("audit")
        .table("Shop_history")
        .load()
        .migrate();
    assertThat(sluice.check().message()).startsWith("isn't in flyway_schema_history: V1__users");

    sluice.with("SLUICE_LEDGER_SCHEMA", "audit").with("SLUICE_LEDGER_TABLE", "Shop_history");
    assertThat(sluice.check().exit()).isZero();

    changelog.with("V3__next.sql", "select 1;");
    assertThat(sluice.check().message())
        .isEqualTo("isn't in \"audit\".\"Shop_history\": V3__next.sql");
  }

  @Test
  void soIsOneOfDrizzle() {
    drizzleFolder();
    database.execute(
        """
        create schema "Shop";
        create table "Shop".done as select * from drizzle.__drizzle_migrations;
        drop schema drizzle cascade
        """);
    assertThat(sluice.check().message()).startsWith("isn't in drizzle.__drizzle_migrations: ");

    sluice.with("SLUICE_LEDGER_SCHEMA", "Shop").with("SLUICE_LEDGER_TABLE", "done");
    assertThat(sluice.check().exit()).isZero();

    database.execute("delete from \"Shop\".done where created_at = 1700000001000");
    assertThat(sluice.check().message())
        .isEqualTo("isn't in \"Shop\".\"done\": drizzle/0001_late.sql");
  }

  @Test
  void withoutAHistoryAllIsMissing() {
    flywayFolder();

    assertThat(sluice.check().message())
        .isEqualTo("isn't in flyway_schema_history: V1__users.sql, V2__orders.sql, R__views.sql");
  }

  @Test
  void manyNamesAreCut() {
    for (var i = 1; i <= 12; i++) {
      changelog.with("V" + i + "__m.sql", "select 1;");
    }

    assertThat(sluice.check().message()).endsWith("V10__m.sql and 2 more");
  }
}
