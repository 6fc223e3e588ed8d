package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is applied under another path or in another schema doesn't run again. */
class LedgerPlaceIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  private void drizzle(String root) {
    changelog
        .drizzle(root, "0_plan", "1_row")
        .with(
            root + "/0_plan.sql",
            "create schema if not exists postgres; create table public.plan (i int)")
        .with(root + "/1_row.sql", "insert into public.plan values (1)");
  }

  /** After it {@code $user} in the search path comes to another schema. */
  @Test
  void aSchemaOfTheUsersNameIsNoReasonForAnEmptyLedger() {
    drizzle("d");
    sluice.with("SLUICE_CHANGELOG", "d");
    assertThat(sluice.run().exit()).isZero();
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("LedgerElsewhere");
    assertThat(ran.message()).contains("0_plan.sql", "public.databasechangelog", "schema postgres");
    assertThat(ran.failure().hint()).contains("changelog.ledger.schema to public");
    assertThat(database.query("select i from plan")).containsExactly("1");
    assertThat(sluice.with("SLUICE_LEDGER_SCHEMA", "public").run().report().outcome().label())
        .isEqualTo("NothingPending");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alter role %s set search_path = app", "alter database %s set search_path = app"})
  void norIsAnotherSearchPathOfTheRoleOrTheDatabase(String change) {
    changelog.sql(
        """
        --changeset ann:1
        create schema app;
        --changeset ann:2
        create table public.plan (i int);
        """);
    assertThat(sluice.run().exit()).isZero();
    var whose =
        change.contains("role") ? "postgres in database " + database.name() : database.name();
    database.execute(change.formatted(whose));
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("LedgerElsewhere");
    assertThat(ran.failure().hint()).contains("public to go on", "or to app");
  }

  @Test
  void aTenantHasALedgerOfItsOwn() {
    drizzle("d");
    sluice.with("SLUICE_CHANGELOG", "d");
    assertThat(sluice.run().exit()).isZero();
    database.execute("create schema tenant; create table tenant.plan (i int)");
    changelog.with("d/0_plan.sql", "create table if not exists plan (i int)");
    assertThat(sluice.with("SLUICE_SEARCH_PATH", "tenant").run().exit()).isZero();
    assertThat(database.has("tenant.databasechangelog")).isTrue();
  }

  @Test
  void theSameFolderUnderAnotherPathDoesNotRunAgain() {
    drizzle("repo/drizzle");
    var root = changelog.root().resolve("repo");
    sluice.with("SLUICE_LEDGER_SCHEMA", "public");
    assertThat(
            sluice
                .with("SLUICE_ROOT", root.resolve("drizzle").toString())
                .with("SLUICE_CHANGELOG", ".")
                .run()
                .exit())
        .isZero();
    var ran = sluice.with("SLUICE_ROOT", root.toString()).with("SLUICE_CHANGELOG", "drizzle").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().outcome().label()).isEqualTo("NothingPending");
    assertThat(database.query("select i from plan")).containsExactly("1");
  }

  @Test
  void norDoesALiquibaseChangelog() {
    changelog.with("a/root.sql", TestChangelog.TWO_TABLES);
    assertThat(sluice.with("SLUICE_CHANGELOG", "a/root.sql").run().exit()).isZero();
    var ran =
        sluice
            .with("SLUICE_ROOT", changelog.root().resolve("a").toString())
            .with("SLUICE_CHANGELOG", "root.sql")
            .run();
    assertThat(ran.reason()).isEqualTo("LedgerPathDiffers");
    assertThat(ran.message()).isEqualTo("root.sql is applied already, under the path a/root.sql");
  }

  /** Another service, with a ledger of its own in a schema of its own. */
  @Test
  void aLedgerOfOtherFilesIsNoObstacle() {
    drizzle("d");
    assertThat(sluice.with("SLUICE_CHANGELOG", "d").run().exit()).isZero();
    changelog.drizzle("e", "0_plan").with("e/0_plan.sql", "create table other (i int)");
    assertThat(sluice.with("SLUICE_CHANGELOG", "e").run().exit()).isZero();
    assertThat(database.has("postgres.databasechangelog")).isTrue();
  }
}
