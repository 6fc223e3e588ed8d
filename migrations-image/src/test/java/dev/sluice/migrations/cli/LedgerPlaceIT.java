package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private String role(String name, String rights) {
    database.execute(
        "create role %s login; grant all on schema public to %1$s; %s"
            .formatted(name, rights.formatted(name)));
    sluice.with("PGUSER", name);
    return name;
  }

  private void drop(String role) {
    database.execute("drop owned by %1$s cascade; drop role %1$s".formatted(role));
  }

  /** After it {@code $user} in the search path comes to another schema. */
  @Test
  void aSchemaOfTheUsersNameIsNoReasonForAnEmptyLedger() {
    drizzle("d");
    sluice.with("SLUICE_CHANGELOG", "d");
    assertThat(sluice.run().exit()).isZero();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(database.query("select i from plan")).containsExactly("1");
  }

  @Test
  void aFolderLeavesTheApplicationsSchemaAlone() {
    drizzle("d");
    assertThat(sluice.with("SLUICE_CHANGELOG", "d").run().exit()).isZero();
    assertThat(database.query("select tablename from pg_tables where schemaname = 'public'"))
        .containsExactly("plan");
    assertThat(
            database.query(
                "select tablename from pg_tables where schemaname = 'sluice' order by 1"))
        .containsExactly("databasechangelog", "databasechangeloglock", "sluice_revision");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop schema sluice cascade",
        "drop table sluice.databasechangelog",
        "-- sluice:no-transaction\ndrop schema sluice cascade"
      })
  void aMigrationThatDropsTheLedgerIsNamed(String drop) {
    changelog.drizzle("d", "0_plan", "1_drop").with("d/0_plan.sql", "select 1");
    changelog.with("d/1_drop.sql", drop);
    var ran = sluice.with("SLUICE_CHANGELOG", "d").run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().changeSet()).isEqualTo("1_drop");
    assertThat(ran.message())
        .startsWith("it drops the ledger in which it would be entered, sluice.databasechangelog");
    assertThat(ran.failure().hint()).contains("changelog.ledger.schema");
  }

  @Test
  void soIsAChangeSetThatDropsIt() {
    changelog.sql("--changeset ann:1\ndrop table databasechangelog;\n");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.message())
        .startsWith("it drops the ledger in which it would be entered, public.databasechangelog");
  }

  @Test
  void whatOnlyLooksMakesNoSchema() {
    drizzle("d");
    sluice.with("SLUICE_CHANGELOG", "d");
    assertThat(sluice.command("status")).isZero();
    assertThat(sluice.with("SLUICE_APPROVAL", "Manual").run().reason())
        .isEqualTo("ApprovalRequired");
    assertThat(database.query("select count(*) from pg_namespace where nspname = 'sluice'"))
        .containsExactly("0");
  }

  @Test
  void aChangelogOfLiquibasesHasItWhereLiquibaseHas() {
    changelog.sql("--changeset ann:1\ncreate table t (i int);\n");
    assertThat(sluice.run().exit()).isZero();
    drizzle("d");
    assertThat(sluice.with("SLUICE_CHANGELOG", "d").run().exit()).isZero();
    assertThat(database.query("select id from public.databasechangelog")).containsExactly("1");
    assertThat(database.query("select count(*) from sluice.databasechangelog"))
        .containsExactly("2");
  }

  @Test
  void whereTheRoleMayMakeNoSchemaItIsInTheCurrentOneAndStaysThere() {
    var limited = role("limited", "");
    try {
      changelog.drizzle("d", "0_plan").with("d/0_plan.sql", "create table plan (i int)");
      var ran = sluice.with("SLUICE_CHANGELOG", "d").run();
      assertThat(ran.exit()).isZero();
      assertThat(ran.output())
          .contains(
              "the ledger is in schema public, since the role may not make schema sluice: GRANT"
                  + " CREATE ON DATABASE \"%s\" TO \"limited\"".formatted(database.name()));
      assertThat(database.has("public.databasechangelog")).isTrue();
      database.execute("grant create on database %s to limited".formatted(database.name()));
      var again = sluice.run();
      assertThat(again.report().outcome().label()).isEqualTo("NothingPending");
      assertThat(again.output()).doesNotContain("GRANT");
      changelog.drizzle("d", "0_plan", "1_row").with("d/1_row.sql", "insert into plan values (1)");
      assertThat(sluice.run().report().applied()).containsExactly("1_row");
      assertThat(database.has("sluice.databasechangelog")).isFalse();
    } finally {
      drop(limited);
    }
  }

  @Test
  void aSchemaThatSomebodyHasMadeForItNeedsNoOtherRight() {
    database.execute("create schema sluice");
    var limited = role("granted", "grant usage, create on schema sluice to %1$s");
    try {
      changelog.drizzle("d", "0_plan").with("d/0_plan.sql", "create table plan (i int)");
      assertThat(sluice.with("SLUICE_CHANGELOG", "d").run().exit()).isZero();
      assertThat(database.has("sluice.databasechangelog")).isTrue();
    } finally {
      drop(limited);
    }
  }

  /** One that may make the schema and one that may not: they must not begin two histories. */
  @Test
  void twoRolesThatBeginAtOnceBeginOneHistory() throws Exception {
    changelog
        .drizzle("d", "0_plan")
        .with("d/0_plan.sql", "select pg_sleep(1); create table plan (i int)");
    sluice.with("SLUICE_CHANGELOG", "d");
    var limited = role("late", "grant usage on schema public to %1$s");
    var other = fixture.runner().with("SLUICE_CHANGELOG", "d").with("SLUICE_REVISION", "other");
    try {
      var first = CompletableFuture.supplyAsync(sluice::run);
      var second = CompletableFuture.supplyAsync(other::run);
      var exits = List.of(first.get().exit(), second.get().exit());
      assertThat(exits).contains(0);
      assertThat(database.query("select count(*) from plan")).containsExactly("0");
      assertThat(
              database.query(
                  "select count(*) from pg_tables where tablename = 'databasechangelog'"))
          .containsExactly("1");
    } finally {
      drop(limited);
    }
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

  /** Another service, that a person gives a ledger of its own. */
  @Test
  void aSecondFolderIsToldToNameAnotherTable() {
    drizzle("d");
    assertThat(sluice.with("SLUICE_CHANGELOG", "d").run().exit()).isZero();
    changelog.drizzle("e", "0_plan").with("e/0_plan.sql", "create table other (i int)");
    var ran = sluice.with("SLUICE_CHANGELOG", "e").run();
    assertThat(ran.reason()).isEqualTo("ChecksumMismatch");
    assertThat(ran.failure().hint()).contains("changelog.ledger.table");
    assertThat(sluice.with("SLUICE_LEDGER_TABLE", "history_of_e").run().exit()).isZero();
    assertThat(database.has("sluice.history_of_e")).isTrue();
  }
}
