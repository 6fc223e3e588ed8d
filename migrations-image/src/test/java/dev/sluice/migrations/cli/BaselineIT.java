package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.TakenOver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that has the tables, and nothing that says which migrations made them. */
class BaselineIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final TestRunner sluice =
      fixture.runner().with("SLUICE_CHANGELOG", "drizzle").with("SLUICE_BASELINE_TO", "0000_users");

  @Test
  void nothingRunsUpToTheBaselineAndEverythingAfterIt() {
    database.execute("create table users (id int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.baselined(1));
    assertThat(ran.report().applied()).containsExactly("0001_orders");
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.run().report().applied()).as("it may stay in the spec").hasSize(1);
  }

  /** The same manifest makes a new environment. */
  @Test
  void anEmptyDatabaseIsMigratedFromTheStart() {
    database.execute("create extension pg_trgm");
    var ran = sluice.run();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.NOTHING);
    assertThat(ran.report().applied()).hasSize(2);
  }

  @Test
  void aFirstRunThatBrokeOffIsNoDatabaseForABaseline() {
    changelog.with("drizzle/0001_orders.sql", "select 1/0");
    sluice.with("SLUICE_BASELINE_TO", "0001_orders");
    assertThat(sluice.run().reason()).isEqualTo("ChangeSetFailed");
    assertThat(database.has("users")).isTrue();
    changelog.with("drizzle/0001_orders.sql", "create table orders (i int)");
    assertThat(sluice.run().report().applied()).hasSize(1);
    assertThat(database.has("orders")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (i int)",
        "create view t as select 1 as one",
        "create sequence t",
        "create type t as enum ('a')",
        "create function t() returns int language sql return 1",
        "create schema app; create table app.t (i int)"
      })
  void whatIsThereMakesADatabaseThatIsNotEmpty(String sql) {
    database.execute(sql);
    assertThat(sluice.run().report().takenOver()).isEqualTo(TakenOver.baselined(1));
  }

  /** As a platform keeps users and files of its own beside the application's. */
  @Test
  void whatBelongsToOthersDoesNot() {
    database.execute(
        """
        create schema auth; create table auth.users (id int);
        create role app; grant create on schema public to app;
        """);
    try {
      var ran = sluice.with("SLUICE_ROLE", "app").run();
      assertThat(ran.report().takenOver()).isEqualTo(TakenOver.NOTHING);
      assertThat(ran.report().applied()).hasSize(2);
    } finally {
      database.execute("drop owned by app; drop role app");
    }
  }

  @Test
  void isRefusedWhereTheToolKeptAHistory() {
    database.execute(
        """
        create table users (id int);
        create schema drizzle;
        create table drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
        insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1700000000000);
        """);
    var ran = sluice.with("SLUICE_EDITED", "Allow").run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("BaselineRefused");
    assertThat(database.has("databasechangelog")).isFalse();
  }

  @Test
  void aNameThatTheFolderHasNotGotIsAMistake() {
    database.execute("create table users (id int)");
    var ran = sluice.with("SLUICE_BASELINE_TO", "0007_users").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).isEqualTo("baseline.to is 0007_users, which drizzle hasn't got");
    assertThat(ran.failure().hint()).isEqualTo("its last migrations: 0000_users, 0001_orders");
  }

  @Test
  void soItIsWhereNoHistoryIsToBeAdopted() {
    database.execute("create table users (id int)");
    sluice.with("SLUICE_ADOPT", "Never");
    assertThat(sluice.with("SLUICE_BASELINE_TO", "0007_users").run().exit()).isEqualTo(40);
    assertThat(sluice.with("SLUICE_BASELINE_TO", "0000_users").run().report().applied())
        .containsExactly("0001_orders");
  }

  /** All of what was pulled is commented out: it does nothing, wherever it runs. */
  @Test
  void aPulledBaselineNeedsNone() {
    changelog.with(
        "drizzle/0000_users.sql",
        """
        -- Current sql file was generated after introspecting the database
        -- If you want to run this migration please uncomment this code
        /*
        CREATE TABLE users (id int);
        */
        """);
    database.execute("create table users (id int)");
    var ran = sluice.without("SLUICE_BASELINE_TO").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).hasSize(2);
  }

  /** One file stands for all that the history names. */
  @Test
  void aSquashedFolderTakesBothOptions() {
    database.execute(
        """
        create table users (id int);
        create table orders (j jsonb);
        create schema drizzle;
        create table drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
        insert into drizzle.__drizzle_migrations (hash, created_at)
        values ('1', 1600000000000), ('2', 1600000001000);
        """);
    changelog
        .drizzle("drizzle", "0000_squashed", "0001_next")
        .with(
            "drizzle/0000_squashed.sql",
            "create table users (id int);create table orders (j jsonb)")
        .with("drizzle/0001_next.sql", "create table next (i int)");
    changelog.without("drizzle/0000_users.sql");
    changelog.without("drizzle/0001_orders.sql");
    sluice.with("SLUICE_BASELINE_TO", "0000_squashed");
    assertThat(sluice.run().reason()).isEqualTo("AdoptionUnclear");
    var ran = sluice.with("SLUICE_MISSING", "Allow").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("0001_next");
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .as("both rows of before, the squashed file, the next one")
        .containsExactly("4");
  }

  @Test
  void theCommandEntersAndRunsNothing() {
    sluice.without("SLUICE_BASELINE_TO");
    assertThat(sluice.command("baseline", "--to", "0000_users")).as("empty").isEqualTo(30);
    database.execute("create table users (id int)");
    assertThat(sluice.command("baseline", "--to", "0000_users", "--dry-run")).isZero();
    assertThat(database.has("databasechangelog")).isFalse();
    assertThat(sluice.command("baseline", "--to", "0000_users")).isZero();
    assertThat(database.query("select filename from databasechangelog"))
        .containsExactly("0000_users.sql");
    assertThat(database.has("orders")).isFalse();
    assertThat(sluice.command("baseline", "--to", "0000_users")).as("again").isEqualTo(30);
  }
}
