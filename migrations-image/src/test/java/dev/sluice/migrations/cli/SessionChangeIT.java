package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that change the session: the next one starts as ordered, or the run ends by name. */
class SessionChangeIT {
  /** Which of the two engines, and for whose migrations. */
  enum Kind {
    DRIZZLE,
    FLYWAY,
    LIQUIBASE
  }

  private static final String ORDERED = "changer app 7s 1min 10";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice =
      fixture
          .runner()
          .with("SLUICE_ROLE", "changer")
          .with("SLUICE_SEARCH_PATH", "app")
          .with("SLUICE_LOCK_TIMEOUT", "7s")
          .with("SLUICE_STATEMENT_TIMEOUT", "60s");

  @BeforeEach
  void aRoleAndASchemaOfItsOwn() {
    database.execute(
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = 'changer') then
            create role changer; create role owner_of_tables; grant owner_of_tables to changer;
          end if;
        end $$;
        create schema app authorization changer;
        grant usage, create on schema app, public to owner_of_tables;
        """);
  }

  private void migrations(Kind kind, String... sql) {
    switch (kind) {
      case DRIZZLE -> {
        var tags = new String[sql.length];
        for (var i = 0; i < sql.length; i++) {
          tags[i] = "%04d_m".formatted(i);
          changelog.with("f/" + tags[i] + ".sql", sql[i]);
        }
        changelog.drizzle("f", tags);
        sluice.with("SLUICE_CHANGELOG", "f");
      }
      case FLYWAY -> {
        for (var i = 0; i < sql.length; i++) {
          changelog.with("f/V" + (i + 1) + "__m.sql", sql[i]);
        }
        sluice.with("SLUICE_CHANGELOG", "f");
      }
      case LIQUIBASE -> {
        var all = new StringBuilder();
        for (var i = 0; i < sql.length; i++) {
          var alone = sql[i].contains("DISCARD ALL") ? " runInTransaction:false" : "";
          all.append("--changeset ann:%d%s\n%s;\n".formatted(i + 1, alone, sql[i]));
        }
        changelog.sql(all.toString());
      }
    }
  }

  private static String seen(int number) {
    return """
    create table seen_%d as
      select current_user::text as who, current_schema()::text as place,
             current_setting('lock_timeout') as lock_timeout,
             current_setting('statement_timeout') as statement_timeout,
             current_setting('tcp_keepalives_idle') as sign_of_life
    """
        .formatted(number);
  }

  private List<String> whatItSaw(int number) {
    return database.query(
        "select concat_ws(' ', who, place, lock_timeout, statement_timeout, sign_of_life) from"
            + " app.seen_"
            + number);
  }

  @ParameterizedTest
  @EnumSource
  void theNextMigrationHasTheSettingsOfTheRun(Kind kind) {
    migrations(
        kind,
        "RESET ALL",
        seen(1),
        "RESET ROLE; SET lock_timeout = 0; SET statement_timeout = 0",
        seen(2),
        "SET ROLE owner_of_tables",
        seen(3),
        "SET SESSION AUTHORIZATION careful",
        seen(4));
    assertThat(sluice.run().exit()).isZero();
    for (var number = 1; number <= 4; number++) {
      assertThat(whatItSaw(number)).containsExactly(ORDERED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRowOfAMigrationIsWrittenUnderTheRoleOfTheRun(Kind kind) {
    migrations(
        kind,
        "SET ROLE owner_of_tables; CREATE TABLE public.theirs (i int)",
        "SET LOCAL ROLE owner_of_tables; CREATE TABLE public.theirs_too (i int)",
        seen(1));
    assertThat(sluice.run().exit()).isZero();
    assertThat(
            database.query(
                "select tableowner from pg_tables where tablename in ('theirs', 'theirs_too')"))
        .containsExactly("owner_of_tables", "owner_of_tables");
    assertThat(whatItSaw(1)).containsExactly(ORDERED);
  }

  @Test
  void whatDrizzleKeepsStays() {
    migrations(Kind.DRIZZLE, "SET search_path TO public", "create table t (i int)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("public.t")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET search_path TO public", "SET LOCAL search_path TO public"})
  void whatDrizzleKeepsStaysInTheNextAttemptToo(String setting) {
    migrations(Kind.DRIZZLE, setting, "create table t (i int); insert into nowhere values (1)");
    assertThat(sluice.run().reason()).isEqualTo("ChangeSetFailed");
    migrations(Kind.DRIZZLE, setting, "create table t (i int)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("public.t")).isTrue();
  }

  @Test
  void theNextDeploymentBeginsAnew() {
    migrations(Kind.DRIZZLE, "SET search_path TO public", "create table t (i int)");
    assertThat(sluice.run().exit()).isZero();
    migrations(
        Kind.DRIZZLE,
        "SET search_path TO public",
        "create table t (i int)",
        "create table u (i int)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("app.u")).isTrue();
  }

  @Test
  void whatFlywayPutsBackIsPutBack() {
    migrations(Kind.FLYWAY, "SET search_path TO public", "create table t (i int)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("app.t")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aLostLockEndsTheRunBeforeAnythingMoreIsApplied(Kind kind) {
    migrations(kind, "SELECT pg_advisory_unlock_all()", "create table t (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.reason()).isEqualTo("LockLost");
    assertThat(ran.failure().hint()).contains("pg_advisory_unlock_all()");
    assertThat(database.has("app.t")).isFalse();
    assertThat(database.query("select locked from app.databasechangeloglock")).containsExactly("f");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("app.t")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void soItDoesOutsideOfATransaction(Kind kind) {
    migrations(kind, "DISCARD ALL", "create table t (i int)");
    assertThat(sluice.run().reason()).isEqualTo("LockLost");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("app.t")).isTrue();
  }

  @Test
  void nothingMoreOfAMigrationIsSentWhenItHasLostTheLock() {
    migrations(
        Kind.DRIZZLE,
        """
        -- sluice:no-transaction
        DISCARD ALL
        --> statement-breakpoint
        create table app.t (i int)
        """);
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("LockLost");
    assertThat(ran.failure().hint()).contains("sluice_unfinished");
    assertThat(database.has("app.t")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationMaySetItsIsolationLevel(Kind kind) {
    migrations(
        kind,
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;"
            + " create table seen as select current_setting('transaction_isolation') as level",
        "create table seen_next as select current_setting('transaction_isolation') as level");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select level from app.seen")).containsExactly("serializable");
    assertThat(database.query("select level from app.seen_next")).containsExactly("read committed");
  }

  @Test
  void aChunkMayBeEmptyOrOnlyAComment() {
    migrations(
        Kind.DRIZZLE,
        """
        --> statement-breakpoint
        create table t (i int) -- no semicolon--> statement-breakpoint
        -- only this--> statement-breakpoint
        --> statement-breakpoint
        /* and */ insert into t values (1)\
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select i from app.t")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into t values ('it isn''t closed)",
        "insert into t values ($$ not closed)",
        "insert into t values (1) /* not closed",
        "insert into \"t values (1)",
        "insert into t values ((1)"
      })
  void aChunkThatIsOpenSwallowsNothing(String open) {
    migrations(
        Kind.DRIZZLE,
        "create table t (s text)",
        open + "\n--> statement-breakpoint\ninsert into t values ('$$ */ \" )')");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.failure().sqlState()).isEqualTo("42601");
    assertThat(database.query("select count(*) from app.t")).containsExactly("0");
    assertThat(database.query("select count(*) from app.databasechangelog")).containsExactly("1");
  }

  @Test
  void readsStringsAsTheChunkBeforeSaid() {
    migrations(
        Kind.DRIZZLE,
        """
        create table t (s text)--> statement-breakpoint
        SET standard_conforming_strings = off--> statement-breakpoint
        insert into t values ('it\\'s')
        """,
        "create table u (i int)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select s from app.t")).containsExactly("it's");
    assertThat(database.has("app.u")).isTrue();
  }

  @Test
  void refusesALedgerOfWhichRowsAreHidden() {
    migrations(Kind.DRIZZLE, "create table t (i int)");
    assertThat(sluice.run().exit()).isZero();
    database.execute(
        """
        alter table app.databasechangelog enable row level security, force row level security;
        create policy insert_only on app.databasechangelog for insert with check (true)
        """);
    migrations(Kind.DRIZZLE, "create table t (i int)", "create table u (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.message()).contains("row-level security", "databasechangelog");
    assertThat(database.has("app.u")).isFalse();
  }
}
