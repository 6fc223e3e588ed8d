package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.RehearsalVerdict.Result;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would run on the database doesn't fail in its rehearsal. */
final class RehearsalTargetIT {
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

  private void write(String file, String sql) {
    fixture.changelog().with("db/" + file, sql);
  }

  private void hasRole(String name) {
    database.execute(
        "do $$ begin if to_regrole('%1$s') is null then create role %1$s; end if; end $$"
            .formatted(name));
  }

  private RehearsalVerdict verdict(TestRunner.Ran ran) {
    return Objects.requireNonNull(ran.report().rehearsal(), "it wasn't rehearsed");
  }

  private void passes() {
    var ran = runner.run();
    assertThat(ran.exit()).as(ran.output()).isZero();
    assertThat(verdict(ran).skipped()).isEmpty();
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
  }

  private void isNotJudged(String why) {
    var ran = runner.run();
    assertThat(ran.exit()).isZero();
    assertThat(verdict(ran).result()).isEqualTo(Result.PARTIAL);
    assertThat(verdict(ran).skipped()).singleElement().asString().contains(why);
  }

  @Test
  void settingsOfTheDatabaseAndTheRoleAreThere() {
    database.execute(
        """
        alter database %1$s set app.tenant = 'acme';
        alter database %1$s set check_function_bodies = off;
        alter database %1$s set plpgsql.variable_conflict = 'use_column';
        alter role postgres in database %1$s set app.tenant = 'it''s "the role''s"';
        """
            .formatted(database.name()));
    write(
        "V1__settings.sql",
        """
        create function later() returns int language sql as 'select x from nowhere';
        create table t (id int);
        create function f(id int) returns int language plpgsql
          as $$ begin return (select max(id) from t where id = id); end $$;
        do $$ begin
          perform f(1);
          if current_setting('app.tenant') <> 'it''s "the role''s"' then
            raise exception 'tenant %', current_setting('app.tenant');
          end if;
        end $$;
        """);
    passes();
  }

  @Test
  void anEmptySearchPathIsThere() {
    database.execute("alter database %s set search_path = ''".formatted(database.name()));
    runner.with("SLUICE_LEDGER_SCHEMA", "public");
    write("V1__qualified.sql", "create table public.t (id int)");
    passes();
  }

  @Test
  void extensionsOfTheDatabaseAreInTheirSchemas() {
    database.execute("create schema ext; create extension hstore schema ext");
    database.execute("create extension citext");
    write("V1__types.sql", "create table t (a ext.hstore, b citext)");
    passes();
  }

  /** As after pg_upgrade, which leaves them as they were. */
  @Test
  void anExtensionIsOfItsVersion() {
    database.execute("create extension hstore version '1.4'");
    write(
        "V1__version.sql",
        """
        do $$ declare found text := (select extversion from pg_extension where extname = 'hstore'); begin
          perform ''::hstore;
          if found <> '1.4' then raise exception 'version %', found; end if;
        end $$;
        """);
    passes();
  }

  @Test
  void whatASuperuserMayDoWithOtherRolesIsAllowed() {
    hasRole("rehearsal_owner");
    database.execute("grant usage, create on schema public to rehearsal_owner");
    write("V1__owner.sql", "create table t (id int); alter table t owner to rehearsal_owner");
    write("V2__role.sql", "set role rehearsal_owner; create table u (id int)");
    write("V3__grant.sql", "grant pg_monitor to rehearsal_owner");
    passes();
  }

  @Test
  void aRoleThatAnAppliedMigrationMadeIsMadeAgain() {
    database.execute("drop role if exists rehearsal_made");
    write("V1__role.sql", "create role rehearsal_made; create table t (id int)");
    assertThat(runner.with("SLUICE_REHEARSAL", "Never").run().exit()).isZero();
    runner.with("SLUICE_REHEARSAL", "Enforce");
    write("V2__grant.sql", "grant select on t to rehearsal_made");
    passes();
  }

  @Test
  void aRoleThatIsThereCannotBeMadeOnceMore() {
    hasRole("rehearsal_there");
    write("V1__role.sql", "create role rehearsal_there");
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.REFUSED);
    assertThat(ran.failure().sqlState()).isEqualTo("42710");
  }

  @Test
  void itHoldsAsManyLocksAsALargeServer() {
    write(
        "V1__locks.sql", "select count(pg_advisory_xact_lock(i)) from generate_series(1, 6000) i");
    passes();
  }

  /** Made by hand, beside a table that a migration finds there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table c add by_hand int         | update c set by_hand = 1
          alter table c add by_hand int         | update c x set id = x.by_hand
          alter table c add by_hand int         | alter table c alter by_hand set default 1
          create index by_hand on c (id)        | drop index by_hand
          alter table c add constraint by_hand check (id > 0) | alter table c drop constraint by_hand
          create policy by_hand on c            | drop policy by_hand on c
          create publication by_hand            | alter publication by_hand add table c
          create rule by_hand as on delete to c do nothing | drop rule by_hand on c
          create type by_hand as enum ('a')     | alter type by_hand add value 'b'
          create sequence by_hand               | select nextval('by_hand')
          create table "By.Hand" ("Id" int)     | update "By.Hand" set "Id" = 1
          create aggregate by_hand(int) (sfunc = int4pl, stype = int) | select by_hand(1)
          create text search configuration by_hand (copy = simple) | select to_tsvector('by_hand', '')
          """)
  void whatWasMadeByHandIsNotJudged(String byHand, String migration) {
    database.execute("create table c (id int)");
    database.execute(byHand);
    write("V1__c.sql", "create table if not exists c (id int)");
    write("V2__more.sql", migration);
    isNotJudged("V2__more: it depends on what the database has, and the changelog doesn't make");
  }

  @Test
  void whatAPendingMigrationTakesAwayIsMissing() {
    database.execute("create table c (old int, gone int)");
    write("V1__c.sql", "create table if not exists c (old int, gone int)");
    write("V2__rename.sql", "alter table c rename column old to new");
    write("V3__use.sql", "update c set old = 1");
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.REFUSED);
    assertThat(ran.failure().changeSet()).isEqualTo("V3__use");
  }

  /** With rows that the application wrote. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create table u (t int references tenants); insert into u values (1)
          create table u (t int not null); insert into u select max(id) from tenants
          create table u (t int); insert into u select 1 / count(*) from tenants
          do $$ declare x int; begin select id into strict x from tenants; end $$
          do $$ begin if not exists (select from tenants) then raise 'none'; end if; end $$
          do $$ begin assert exists (select from tenants); end $$
          """)
  void whatMayDependOnRowsIsNotJudged(String migration) {
    write("V1__tenants.sql", "create table if not exists tenants (id int primary key)");
    write("V2__more.sql", migration);
    var ran = runner.run();
    assertThat(ran.report().exit()).as("without rows").isEqualTo(Exit.REFUSED);
    database.execute("create table tenants (id int primary key); insert into tenants values (1)");
    isNotJudged("V2__more: it may depend on rows that only the database has");
  }

  @Test
  void rowsSpareNoValueThatIsWrong() {
    database.execute("create table tenants (id int primary key); insert into tenants values (1)");
    write("V1__tenants.sql", "create table if not exists tenants (id int primary key)");
    write("V2__twice.sql", "insert into tenants values (2), (2)");
    assertThat(runner.run().report().exit()).isEqualTo(Exit.REFUSED);
  }

  @Test
  void anEncodingOfItsOwnIsThere() {
    var name = database.name() + "_latin";
    database.execute("drop database if exists " + name);
    database.execute(
        "create database %s encoding 'LATIN1' locale 'C' template template0".formatted(name));
    write("V1__t.sql", "create table t (x text check (octet_length('é') = 1))");
    runner.with("PGDATABASE", name);
    passes();
    assertThat(new TestDatabase(TestServer.shared(), name).has("t")).isTrue();
  }
}
