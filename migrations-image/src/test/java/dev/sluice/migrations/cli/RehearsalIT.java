package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.RehearsalVerdict.Result;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run tries what is pending on a server of its own before it touches the database. */
final class RehearsalIT {
  @TempDir static Path scratch;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestRunner runner =
      fixture
          .runner()
          .with("SLUICE_CHANGELOG", "db")
          .with("SLUICE_REHEARSAL", "Enforce")
          .with("SLUICE_REHEARSAL_DIR", scratch.toString())
          .with("SLUICE_POSTGRES_HOME", Path.of("target/postgres").toAbsolutePath().toString());

  RehearsalIT() {
    write("V1__customers.sql", "create table customers (id int primary key, tier text);");
  }

  private void write(String file, String sql) {
    fixture.changelog().with("db/" + file, sql);
  }

  private static RehearsalVerdict verdict(TestRunner.Ran ran) {
    return Objects.requireNonNull(ran.report().rehearsal(), "it wasn't rehearsed");
  }

  @Test
  void whatWentWellInItRuns() {
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.SUCCESS);
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
    assertThat(ran.output()).contains("rehearsed V1__customers: ").contains("rehearsal: Passed on");
    assertThat(database.has("customers")).isTrue();
  }

  @Test
  void whatFailsInItLeavesTheDatabaseAlone() {
    write("V2__bad.sql", "alter table customers add column x int; alter table custmers add y int;");
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.REFUSED);
    assertThat(ran.reason()).isEqualTo("RehearsalFailed");
    assertThat(ran.failure().changeSet()).isEqualTo("V2__bad");
    assertThat(ran.failure().sqlState()).isEqualTo("42P01");
    assertThat(verdict(ran).result()).isEqualTo(Result.FAILED);
    assertThat(database.has("customers")).isFalse();
    assertThat(database.query("select nspname from pg_namespace where nspname = 'sluice'"))
        .isEmpty();
  }

  @Test
  void whatFailsInItRunsWhereThatIsOnlyAWarning() {
    write("V2__bad.sql", "alter table custmers add y int");
    var ran = runner.with("SLUICE_REHEARSAL", "Warn").run();
    assertThat(ran.report().exit()).isEqualTo(Exit.PERMANENT);
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(verdict(ran).warning()).contains("custmers");
    assertThat(database.has("customers")).isTrue();
  }

  @Test
  void withNothingPendingThereIsNone() {
    assertThat(runner.run().report().rehearsal()).isNotNull();
    assertThat(runner.with("SLUICE_REVISION", "1.1").run().report().rehearsal()).isNull();
  }

  @Test
  void whatTheDatabaseHasAlreadyStopsNothing() {
    database.execute("create table made_by_hand (id int)");
    write(
        "V2__odd.sql",
        "do $$ begin if to_regclass('made_by_hand') is null then"
            + " raise exception 'there is nothing'; end if; end $$");
    assertThat(runner.with("SLUICE_REHEARSAL", "Never").run().exit()).isZero();
    write("V3__more.sql", "alter table customers add column more int");
    var ran = runner.with("SLUICE_REHEARSAL", "Enforce").run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.PARTIAL);
    assertThat(verdict(ran).warning())
        .startsWith(
            "V2__odd, which the database has already, fails on an empty one: there is nothing");
  }

  @Test
  void whatDependsOnWhatNoMigrationMadeIsNotJudged() {
    database.execute("create table made_by_hand (id int)");
    write("V2__more.sql", "alter table made_by_hand add column more int");
    var ran = runner.run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.PARTIAL);
    assertThat(verdict(ran).skipped())
        .containsExactly(
            "V2__more: it depends on what the database has, and the changelog doesn't make:"
                + " relation \"made_by_hand\" does not exist");
  }

  @Test
  void schemasAndRolesOfTheDatabaseAreThere() {
    database.execute("create schema app");
    database.execute(
        "do $$ begin if to_regrole('rehearsal_reader') is null then"
            + " create role rehearsal_reader; end if; end $$");
    write("V2__app.sql", "create table app.t (id int); grant select on app.t to rehearsal_reader");
    var ran = runner.run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
    assertThat(ran.output()).contains("rehearsal: made first: schema app");
  }

  @Test
  void noSuperuserReplays() {
    write(
        "V2__who.sql",
        "do $$ begin if (select rolsuper from pg_roles where rolname = current_user)"
            + " and current_setting('listen_addresses') = '' then raise exception 'super'; end if;"
            + " end $$");
    write("V3__reach.sql", "select pg_read_file('PG_VERSION')");
    var ran = runner.run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.PARTIAL);
    assertThat(verdict(ran).skipped())
        .containsExactly(
            "V3__reach: it needs a right that a rehearsal doesn't give: permission denied for"
                + " function pg_read_file");
  }

  @Test
  void aWaiverInTheFileIsNamedWithItsReason() {
    write(
        "V2__odd.sql",
        "-- sluice:no-rehearsal needs the warehouse\nselect 1/count(*) from customers");
    database.execute("create table customers (id int primary key, tier text)");
    write("V1__customers.sql", "insert into customers values (1)");
    var ran = runner.run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).skipped()).contains("V2__odd: needs the warehouse");
  }

  @Test
  void aPlanShowsItsRehearsal() {
    var ran = runner.with("SLUICE_APPROVAL", "Manual").run();
    assertThat(ran.reason()).isEqualTo("ApprovalRequired");
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
    write("V2__bad.sql", "alter table custmers add y int");
    assertThat(runner.run().reason()).isEqualTo("RehearsalFailed");
  }

  @Test
  void aServerOfAnotherVersionIsNoVerdict() {
    var ran = runner.with("SLUICE_POSTGRES_HOME", scratch.toString()).run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.SKIPPED);
    assertThat(verdict(ran).warning()).startsWith("there is no PostgreSQL ");
  }

  @Test
  void withoutScratchSpaceTheModeDecides() {
    runner.with("SLUICE_REHEARSAL_DIR", "/proc");
    var refused = runner.run();
    assertThat(refused.report().exit()).isEqualTo(Exit.REFUSED);
    assertThat(refused.message()).startsWith("it can't be rehearsed: there is no scratch space");
    var warned = runner.with("SLUICE_REHEARSAL", "Warn").run();
    assertThat(warned.exit()).isZero();
    assertThat(verdict(warned).result()).isEqualTo(Result.SKIPPED);
  }

  @Test
  void aCommandRehearsesWhenItIsAskedTo() {
    runner.with("SLUICE_REHEARSAL", "Never");
    write("V2__bad.sql", "alter table custmers add y int");
    assertThat(runner.command("migrate", "--rehearsal", "Enforce")).isEqualTo(30);
    assertThat(database.has("customers")).isFalse();
    assertThat(runner.command("migrate")).isEqualTo(20);
    assertThat(database.has("customers")).isTrue();
  }

  @Test
  void anUnknownModeIsNamed() {
    var ran = runner.with("SLUICE_REHEARSAL", "Enforced").run();
    assertThat(ran.report().exit()).isEqualTo(Exit.CONFIGURATION);
    assertThat(ran.message()).contains("SLUICE_REHEARSAL must be Enforce, Warn or Never");
  }
}
