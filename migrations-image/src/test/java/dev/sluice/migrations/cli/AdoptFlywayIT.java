package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.TakenOver;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that the real Flyway has migrated so far, and which it judges afterwards. */
class AdoptFlywayIT {
  private static final String HISTORY = "\"public\".flyway_schema_history";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .with("db/V1__users.sql", "create table users (id int);")
          .with("db/V1.2__odd_text.sql", "\uFEFF-- Grüße\r\ncreate table a (t text);\r\n")
          .with("db/R__views.sql", "create or replace view v as select 1 as one;");
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  private FluentConfiguration configured() {
    return RealFlyway.on(database, changelog, "db");
  }

  private Flyway flyway() {
    return configured().load();
  }

  private void flywayHasNothingToDo(Flyway flyway) {
    flyway.validate();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }

  @Test
  void takesTheHistoryOverAndRunsOnlyTheRest() {
    flyway().migrate();
    changelog.with("db/V2__next.sql", "create table next (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(3, HISTORY));
    assertThat(ran.report().applied()).containsExactly("V2__next");
    flywayHasNothingToDo(flyway());
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  /** Both tools take turns: the way back stays open. */
  @Test
  void takesLaterRowsOverToo() {
    flyway().migrate();
    sluice.run();
    changelog.with("db/V2__next.sql", "create table next (i int)");
    flyway().migrate();
    changelog.with("db/V3__last.sql", "create table last (i int)");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(1);
    assertThat(ran.report().applied()).containsExactly("V3__last");
    flywayHasNothingToDo(flyway());
  }

  @Test
  void aRepeatableOneThatChangedRunsAgain() {
    flyway().migrate();
    changelog.with("db/R__views.sql", "create or replace view v as select 1 as one, 2 as two;");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(2);
    assertThat(ran.report().applied()).containsExactly("R__views");
    flywayHasNothingToDo(flyway());
  }

  @Test
  void anEditedFileStopsBeforeAnythingIsWritten() {
    flyway().migrate();
    changelog.with("db/V1__users.sql", "create table users (id bigint);");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.failure().file()).isEqualTo("db/V1__users.sql");
    assertThat(database.has("databasechangelog")).isFalse();
  }

  @Test
  void whatIsBelowTheBaselineNeverRuns() {
    database.execute("create table users (id int)");
    configured().baselineVersion("1").baselineOnMigrate(true).load().baseline();
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(1, HISTORY));
    assertThat(ran.report().applied()).containsExactly("V1.2__odd_text", "R__views");
    flywayHasNothingToDo(flyway());
  }

  /** Flyway's repair marks a migration that has no file as deleted. */
  @Test
  void whatFlywayHasMarkedAsDeletedIsPendingAgain() {
    changelog.with("db/V1.1__between.sql", "create table between_them (i int)");
    flyway().migrate();
    changelog.without("db/V1.1__between.sql");
    flyway().repair();
    database.execute("drop table between_them");
    changelog.with("db/V1.1__between.sql", "create table between_them (other text);");
    assertThat(sluice.run().reason()).isEqualTo("OutOfOrder");
    var ran = sluice.with("SLUICE_OUT_OF_ORDER", "Allow").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("V1.1__between");
  }

  /** Versions before 11 leave such a row of what failed outside of a transaction. */
  @Test
  void aFailedMigrationIsADoubtThatFlywaysRepairSettles() {
    changelog.with("db/V2__half.sql", "create table half (i int);");
    flyway().migrate();
    database.execute("update flyway_schema_history set success = false where version = '2'");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("1 failed halfway").contains("V2__half");
    assertThat(ran.failure().hint()).contains("flyway repair");
    assertThat(database.has("databasechangelog")).isFalse();

    database.execute("drop table half");
    flyway().repair();
    assertThat(sluice.run().report().applied()).containsExactly("V2__half");
  }

  @Test
  void aMigrationWithoutFileIsADoubt() {
    changelog.with("db/V1.1__gone.sql", "create table gone (i int)");
    flyway().migrate();
    changelog.without("db/V1.1__gone.sql");
    changelog.with("db/V2__next.sql", "create table next (i int)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("1 no file").contains("V1.1");
    assertThat(sluice.with("SLUICE_MISSING", "Allow").run().report().applied()).hasSize(1);
  }

  @Test
  void aHistoryUnderAnotherNameIsFoundAndTakenWhereItIsNamed() {
    var other = configured().defaultSchema("meta").table("schema_version").load();
    other.migrate();
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("meta.schema_version");
    changelog.with("db/V2__next.sql", "create table public.next (i int)");
    sluice.with("SLUICE_HISTORY_SCHEMA", "meta").with("SLUICE_HISTORY_TABLE", "schema_version");
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(3);
    flywayHasNothingToDo(other);
  }
}
