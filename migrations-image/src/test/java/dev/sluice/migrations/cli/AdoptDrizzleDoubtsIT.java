package dev.sluice.migrations.cli;

import static dev.sluice.migrations.cli.MigratedByDrizzle.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.TakenOver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a history of Drizzle stops a run before anything is written. */
class AdoptDrizzleDoubtsIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final MigratedByDrizzle drizzle = new MigratedByDrizzle(database, changelog);
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  @BeforeEach
  void migratedByDrizzle() {
    drizzle.twoMigrations();
  }

  private void nothingIsWritten() {
    assertThat(database.has("databasechangelog")).isFalse();
    assertThat(database.has("third")).isFalse();
  }

  @Test
  void anEditedFileStopsBeforeAnythingIsWritten() {
    changelog.with("drizzle/0001_orders.sql", "create table orders (j json)");
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0001_orders.sql");
    assertThat(ran.failure().hint()).contains("policy.edited: Allow");
    assertThat(ran.output())
        .contains(
            "| 0000_users | applied", "| 0001_orders | ? edited since", "- | 0002_third | pending");
    nothingIsWritten();

    var allowed = sluice.with("SLUICE_EDITED", "Allow").run();
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.report().takenOver().adopted()).isEqualTo(2);
    assertThat(sluice.without("SLUICE_EDITED").run().exit()).isZero();
  }

  @Test
  void aRowWithoutAFileStopsBeforeAnythingIsWritten() {
    drizzle.row("0123456789abcdef", 1_600_000_000_000L);
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("1 no file").contains("2020-09-13T12:26:40Z");
    nothingIsWritten();
    assertThat(sluice.with("SLUICE_MISSING", "Allow").run().exit()).isZero();
    changelog
        .drizzle("drizzle", "0000_users", "0001_orders", "0002_third", "0003_fourth")
        .with("drizzle/0003_fourth.sql", "create table fourth (i int)");
    assertThat(sluice.without("SLUICE_MISSING").run().exit())
        .as("settled once and for all")
        .isZero();
  }

  @Test
  void aHistoryElsewhereIsFoundAndTakenWhereItIsNamed() {
    database.execute("create schema app; alter table %s set schema app".formatted(HISTORY));
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("AdoptionUnclear");
    assertThat(ran.message()).contains("app.__drizzle_migrations", "2 rows");
    assertThat(ran.failure().hint()).contains("changelog.history.schema: app");
    assertThat(database.has("databasechangelog")).isFalse();

    changelog.thirdOfDrizzle("create table third (i int)");
    var named = sluice.with("SLUICE_HISTORY_SCHEMA", "app").run();
    assertThat(named.report().takenOver().adopted()).isEqualTo(2);
    assertThat(database.query("select count(*) from app.__drizzle_migrations"))
        .as("kept in step")
        .containsExactly("3");
  }

  /** Columns of these names are nothing special. */
  @Test
  void tablesThatOnlyLookLikeAHistoryAreLeftAlone() {
    database.execute(
        """
        drop schema drizzle cascade;
        drop table users, orders;
        create table uploads (id int, hash text, created_at timestamptz);
        create table files (id int, hash text, created_at bigint);
        insert into uploads values (1, 'x', now());
        insert into files values (1, null, null), (2, 'x', 1700000000000);
        """);
    assertThat(sluice.run().report().applied()).hasSize(2);
  }

  @Test
  void aHistoryThatTheRoleMayNotReadIsNotTakenForMissing() {
    database.execute("create role weak; grant create on schema public to weak");
    try {
      var ran = sluice.with("SLUICE_ROLE", "weak").run();
      assertThat(ran.exit()).isEqualTo(20);
      assertThat(ran.message()).contains("permission denied for schema drizzle");
      assertThat(database.has("databasechangelog")).isFalse();
    } finally {
      database.execute("drop owned by weak; drop role weak");
    }
  }

  @Test
  void neverMeansThatAHistoryIsRefused() {
    var ran = sluice.with("SLUICE_ADOPT", "Never").run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("ForeignHistory");
    nothingIsWritten();
  }

  @Test
  void theOtherToolIsNoToolOfThisFolder() {
    var ran = sluice.with("SLUICE_ADOPT", "Flyway").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).isEqualTo("adopt is Flyway, but drizzle is a folder of Drizzle");
    assertThat(sluice.with("SLUICE_ADOPT", "Drizzle").run().exit()).isZero();
  }

  /** An owner sees all rows but where he is made to obey. */
  @Test
  void aHistoryOfWhichRowsAreHiddenIsRefused() {
    database.execute(
        """
        create role blind login; grant usage, create on schema public, drizzle to blind;
        grant all on drizzle.__drizzle_migrations to blind;
        alter table drizzle.__drizzle_migrations enable row level security;
        """);
    try {
      var ran = sluice.with("SLUICE_ROLE", "blind").run();
      assertThat(ran.exit()).isEqualTo(20);
      assertThat(ran.message()).contains("row-level security hides rows of");
    } finally {
      database.execute("drop owned by blind; drop role blind");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert", "commit"})
  void whatFailsWhileItIsTakenOverLeavesNothing(String when) {
    sluice.command("status");
    database.execute(
        """
        create schema sluice;
        create table sluice.databasechangelog (
          id varchar(255) not null, author varchar(255) not null,
          filename varchar(255) not null, dateexecuted timestamp not null,
          orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),
          description varchar(255), comments varchar(255), tag varchar(255),
          liquibase varchar(20), contexts varchar(255), labels varchar(255),
          deployment_id varchar(10));
        create function no() returns trigger language plpgsql as $$
        begin
          if new.filename like '%orders%' then raise exception 'no'; end if;
          return new;
        end $$;
        """
            + (when.equals("insert")
                ? "create trigger no before insert on databasechangelog for each row execute"
                    + " function no();"
                : "create constraint trigger no after insert on databasechangelog deferrable"
                    + " initially deferred for each row execute function no();"));
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.NOTHING);
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("0");
    database.execute("drop trigger no on databasechangelog");
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(2);
  }
}
