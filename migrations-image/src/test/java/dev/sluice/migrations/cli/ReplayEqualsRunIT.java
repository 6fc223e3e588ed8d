package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayRun;
import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.postgres.Connector;
import dev.sluice.migrations.report.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay sends step by step what a run sends as a whole; what comes of it, rows and ledgers
 * included, is the same.
 */
final class ReplayEqualsRunIT {
  private static final String ROWS =
      """
      create table a (id int, t text);
      copy a from stdin;
      1\tone
      2\t\\N
      \\.
      create view v as select * from a;
      """;

  private static final String CHUNKS =
      """
      CREATE TYPE mood AS ENUM('sad', 'ok');
      --> statement-breakpoint
      CREATE TABLE a (id serial PRIMARY KEY, m mood);
      --> statement-breakpoint
      CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$
        select 'x'
      $$;
      """;

  @TempDir Path root;

  /** Follows a replay, and leaves all as it is. */
  private static final Replay WATCHED =
      new Replay() {
        @Override
        public boolean isWatched() {
          return true;
        }

        @Override
        public ReplayObserver observer() {
          return ReplayObserver.NONE;
        }

        @Override
        public Optional<String> leftOut(String changeSet, List<String> texts) {
          return Optional.empty();
        }

        @Override
        public void passedOver(String changeSet, String what) {}

        @Override
        public String sent(ReplayStep step) {
          return step.sql();
        }

        @Override
        public boolean mended(Failure failure) {
          return false;
        }

        @Override
        public AfterFailure after(Failure failure) {
          return AfterFailure.STOP;
        }

        @Override
        public AfterFailure afterCallback(Failure failure) {
          return AfterFailure.STOP;
        }
      };

  private Map<String, String> environment(TestDatabase database, String changelog) {
    var environment = new HashMap<String, String>();
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", String.valueOf(database.server().port()));
    environment.put("PGDATABASE", database.name());
    environment.put("PGUSER", TestServer.USER);
    environment.put("PGSSLMODE", "disable");
    environment.put("SLUICE_ROOT", root.toString());
    environment.put("SLUICE_CHANGELOG", changelog);
    environment.put("SLUICE_REVISION", "1.0");
    environment.put("SLUICE_TARGET", "t1");
    return environment;
  }

  private ReplayRun.Result replayed(TestDatabase database, String changelog) throws SQLException {
    var read = Settings.read(environment(database, changelog));
    if (!(read instanceof Settings.Complete(var request, var deadline, _))) {
      throw new AssertionError(read);
    }
    var context = new RunContext(new Stop(Deadline.in(deadline)), _ -> {});
    var connection = request.connection();
    var connector =
        new Connector(connection.destination(), connection.credentials(), context.events());
    if (!(connector.connect() instanceof Attempt.Got<Session>(var opened))) {
      throw new AssertionError("no session");
    }
    try (var session = opened) {
      return new ReplayRun(session, request, new LazyEngines(), context).replayed(WATCHED);
    }
  }

  /** A replay is two runs: what always runs is in both. */
  private List<String> isTheSame(String changelog) throws SQLException {
    var one = TestServer.shared().database();
    var replayed = replayed(one, changelog);
    assertThat(replayed.failure()).isEmpty();
    var other = TestServer.shared().database();
    var runner =
        new TestRunner(other, new TestChangelog(root))
            .with("PGSSLMODE", "disable")
            .with("SLUICE_CHANGELOG", changelog);
    var ran = runner.run();
    assertThat(ran.exit()).as(ran.output()).isZero();
    assertThat(ran.report().applied()).containsExactlyElementsOf(replayed.applied());
    assertThat(runner.with("SLUICE_REVISION", "1.1").run().exit()).isZero();
    new WholeDatabase(one).isAs(new WholeDatabase(other));
    return new WholeDatabase(one).lines();
  }

  private void write(String file, String text) {
    new TestChangelog(root).with(file, text);
  }

  private static void hasRole() {
    new TestDatabase(TestServer.shared(), TestServer.USER)
        .execute(
            "do $$ begin if to_regrole('replay_owner') is null then create role replay_owner; end"
                + " if; end $$");
  }

  @Test
  void aFolderOfDrizzle() throws SQLException {
    hasRole();
    write(
        "db/meta/_journal.json",
        """
        {"version":"7","dialect":"postgresql","entries":[
          {"idx":0,"version":"7","when":1700000000000,"tag":"0000_one","breakpoints":true},
          {"idx":1,"version":"7","when":1700000000001,"tag":"0001_two","breakpoints":true},
          {"idx":2,"version":"7","when":1700000000002,"tag":"0002_three","breakpoints":true},
          {"idx":3,"version":"7","when":1700000000003,"tag":"0003_four","breakpoints":true}]}
        """);
    write("db/0000_one.sql", "\uFEFF" + CHUNKS.replace("\n", "\r\n"));
    write(
        "db/0001_two.sql",
        """
        create schema app; set search_path = app, public;
        --> statement-breakpoint
        create table b (id int generated always as identity, t text); insert into b (t) values ('1'), ('2');
        --> statement-breakpoint
        -- nothing
        """);
    write("db/0002_three.sql", "create table c (id int);--> statement-breakpoint\nselect 1");
    write(
        "db/0003_four.sql",
        "grant create on schema app to replay_owner;--> statement-breakpoint\n"
            + "set role replay_owner;--> statement-breakpoint\ncreate table app.d (id int)");
    var all = isTheSame("db");
    assertThat(all)
        .anyMatch(line -> line.contains("app.c"))
        .anyMatch(line -> line.contains("app.d"));
  }

  @Test
  void aFolderOfFlyway() throws SQLException {
    hasRole();
    write("db/beforeMigrate.sql", "create table if not exists log (n serial, what text)");
    write("db/beforeEachMigrate.sql", "insert into log (what) values ('each')");
    write("db/afterMigrate.sql", "insert into log (what) values ('after')");
    write("db/V1__one.sql", "\uFEFF" + ROWS.replace("\n", "\r\n"));
    write("db/V2__two.sql", "create schema app; set search_path = app; create table b (id int);");
    write("db/V2.1__three.sql", "create table c (id int); grant select on c to replay_owner;");
    write("db/V3__concurrently.sql", "create index concurrently a_id on a (id);");
    write("db/V3__concurrently.sql.conf", "executeInTransaction=false\n");
    write(
        "db/V4__role.sql",
        "grant create on schema public to replay_owner; set role replay_owner; create table d (id"
            + " int);");
    write("db/V5__several.sql", "create table e (id int); begin; create table g (id int); commit;");
    write("db/R__view.sql", "create or replace view w as select id from a");
    isTheSame("db");
  }

  @Test
  void aChangelogOfFormattedSql() throws SQLException {
    write("rows.csv", "id,name\n1,one\n2,\n");
    write("more.sql", "create table from_file (id int);\ninsert into from_file values (1);\n");
    write(
        "root.yaml",
        """
        databaseChangeLog:
          - include: {file: one.sql}
          - include: {file: two.yaml}
        """);
    write(
        "one.sql",
        """
        --liquibase formatted sql

        --changeset a:1
        create table a (id int primary key, name text);
        insert into a values (1, 'x');

        --changeset a:2 runAlways:true
        insert into a select max(id) + 1, 'again' from a;

        --changeset a:3
        --preconditions onFail:MARK_RAN
        --precondition-sql-check expectedResult:0 select count(*) from a
        create table never (id int);

        --changeset a:4 runInTransaction:false
        create index concurrently a_name on a (name);

        --changeset a:5 failOnError:false
        insert into a values (1, 'twice');

        --changeset a:6 splitStatements:false
        create function f() returns int language plpgsql as $$ begin return 1; end $$;

        --changeset a:7
        --preconditions onFail:CONTINUE
        --precondition-sql-check expectedResult:99 select count(*) from a
        create table passed_over (id int);

        --changeset a:8 runOnChange:true labels:x context:all
        set search_path = pg_catalog; create table public.b (id int);

        --changeset a:9
        create table c (id int);
        """);
    write(
        "two.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: '1'
              author: b
              preConditions:
                - onFail: MARK_RAN
                - not: [{tableExists: {tableName: d}}]
              changes:
                - createTable:
                    tableName: d
                    columns:
                      - column: {name: id, type: bigint, autoIncrement: true, constraints: {primaryKey: true}}
                      - column: {name: name, type: varchar(20), remarks: a name}
                - loadData: {file: rows.csv, tableName: d}
                - sqlFile: {path: more.sql}
                - tagDatabase: {tag: v1}
          - changeSet:
              id: '1'
              author: a
              runAlways: true
              changes: [{sql: {sql: "update d set name = 'x' where id = 1"}}]
        """);
    isTheSame("root.yaml");
  }
}
