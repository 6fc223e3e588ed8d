package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.cli.TestRunner.Ran;
import dev.sluice.migrations.report.Failure;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A failure says in which line of which file it was, and in which statement. */
class FailurePlaceIT {
  @RegisterExtension private final RunnerFixture fixture = new RunnerFixture();

  private Ran drizzle(String sql) {
    fixture.changelog().drizzle("f", "0000_a").with("f/0000_a.sql", sql);
    return fixture.runner().with("SLUICE_CHANGELOG", "f").run();
  }

  private Ran flyway(String sql) {
    fixture.changelog().with("f/V1__a.sql", sql);
    return fixture.runner().with("SLUICE_CHANGELOG", "f").run();
  }

  private Ran liquibase(String sql) {
    fixture.changelog().sql(sql);
    return fixture.runner().run();
  }

  private static void isAt(Ran ran, String file, int line, int statement, int of) {
    assertThat(ran.failure().file()).isEqualTo(file);
    assertThat(ran.failure().place()).isEqualTo(new Failure.Place(statement, of, line));
    assertThat(ran.output())
        .contains("  at: %s:%d, statement %d of %d".formatted(file, line, statement, of));
  }

  private static String inserts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("insert into t values (%d);\n"::formatted)
        .collect(Collectors.joining());
  }

  @Test
  void namesTheOneOfManyStatementsThatHasASyntaxError() {
    var ran =
        drizzle(
            "create table t (id int primary key);\n"
                + inserts(0, 120)
                + "insert into t\n  valeus (120);\n"
                + inserts(121, 200));
    isAt(ran, "f/0000_a.sql", 123, 122, 201);
  }

  @Test
  void namesTheOneThatFailsWhenItRuns() {
    var ran =
        drizzle(
            "-- ü😀\ncreate table t (id int primary key);--> statement-breakpoint\n"
                + inserts(0, 3)
                + "--> statement-breakpoint\n\ninsert into t values (7);\n-- again\n"
                + "insert into t values (1);\ninsert into t values (8);");
    isAt(ran, "f/0000_a.sql", 10, 6, 7);
    assertThat(ran.message()).contains("t_pkey", "key (id)").doesNotContain("(1)");
  }

  @Test
  void countsAStatementWithoutASemicolonBeforeABreakpoint() {
    var ran =
        drizzle("select 1\n--> statement-breakpoint\nselect 1 from\n--> statement-breakpoint");
    isAt(ran, "f/0000_a.sql", 3, 2, 2);
  }

  @Test
  void namesTheChunkThatIsSentAlone() {
    var ran =
        flyway(
            "create table t (id int);\n\n-- sluice:no-transaction\nvacuum t;\nselect\n nothing;");
    isAt(ran, "f/V1__a.sql", 6, 3, 3);
  }

  @Test
  void namesTheFileOfACallback() {
    fixture.changelog().with("f/beforeEachMigrate.sql", "select 1;\nselect nobody;");
    isAt(flyway("select 2;"), "f/beforeEachMigrate.sql", 2, 2, 3);
  }

  @Test
  void namesNoLineWhereTheRunnersOwnStatementFails() {
    var ran =
        drizzle(
            "create function f() returns trigger language plpgsql as $$ begin raise 'no'; end $$;\n"
                + "create trigger g before insert on sluice.databasechangelog for each row"
                + " execute function f();");
    assertThat(ran.failure().place()).isNull();
    assertThat(ran.message()).contains("no; in function f() line 1");
  }

  @Test
  void namesTheLineOfAFormattedChangelog() {
    var ran =
        liquibase(
            """
            --changeset ann:1
            create table t (id int primary key);
            --changeset ann:2
            insert into t values (1);
            insert into t /* the
              first */ values (2); -- comment
            insert into t values (2);
            insert into t values (3);
            """);
    isAt(ran, "root.sql", 8, 3, 4);
    assertThat(ran.failure().changeSet()).isEqualTo("root.sql::2::ann");
  }

  @Test
  void namesTheLastLineOfAFile() {
    var ran =
        liquibase(
            "--changeset ann:12\nselect 1;\nselect 1;\n-- changeset  ann:1 context:a\n\nselect 1;\n"
                + "select 1 from nowhere;");
    isAt(ran, "root.sql", 8, 2, 2);
  }

  @Test
  void namesTheLineWithinAStatementOfAFormattedChangelog() {
    var ran =
        liquibase(
            """
            --changeset ann:1
            select 1;
            select 1,
              -- none of them is there
              nothing
              from pg_class;
            """);
    isAt(ran, "root.sql", 6, 2, 2);
  }

  @Test
  void namesTheLineOfASqlFile() {
    fixture
        .changelog()
        .with("db/sql/a.sql", "select 1;\n\nselect 2;\nselect\n  3 from nowhere;\n")
        .with(
            "db/root.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: 1
                  author: ann
                  changes:
                    - sql: {sql: select 0}
                    - sqlFile: {path: sql/a.sql, relativeToChangelogFile: true}
            """);
    var ran = fixture.runner().with("SLUICE_CHANGELOG", "db/root.yaml").run();
    isAt(ran, "db/sql/a.sql", 5, 4, 4);
    assertThat(ran.failure().changeSet()).isEqualTo("db/root.yaml::1::ann");
  }

  @Test
  void namesTheLineOfSqlInAYamlChangelog() {
    fixture
        .changelog()
        .with(
            "root.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: 1
                  author: ann
                  changes:
                    - createTable: {tableName: t, columns: [column: {name: id, type: int}]}
                    - sql:
                        sql: |
                          select 1;
                          select
                            nothing;
            """);
    var ran = fixture.runner().with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.failure().place()).isEqualTo(new Failure.Place(3, 0, 11));
  }

  @Test
  void namesTheFunctionAndItsLine() {
    var ran =
        liquibase(
            """
            --changeset ann:1 splitStatements:false
            do $$
            begin
              raise exception 'too few' using hint = 'add some', detail = 'canary';
            end $$;
            """);
    isAt(ran, "root.sql", 3, 1, 1);
    assertThat(ran.message()).isEqualTo("too few; in function inline_code_block line 3");
    assertThat(ran.failure().hint()).isEqualTo("add some");
    assertThat(ran.output()).doesNotContain("canary");
  }

  @Test
  void namesTheFunctionOfSql() {
    var ran =
        drizzle(
            "create function f(i int) returns int language sql as $$ select 1; select 1 / i $$;\n"
                + "do $$ begin perform f(0); end $$;");
    assertThat(ran.message()).contains("division by zero; in function \"f\" statement 2");
  }

  @Test
  void namesWhatDependsOnATable() {
    var ran = drizzle("create table t (id int);\ncreate view v as table t;\ndrop table t;");
    isAt(ran, "f/0000_a.sql", 3, 3, 3);
    assertThat(ran.message())
        .isEqualTo(
            "cannot drop table t because other objects depend on it: view v depends on table t");
  }

  @Test
  void namesTheColumnsOfAForeignKey() {
    var ran =
        drizzle(
            "create table t (id int primary key);\ncreate table u (t int references t);\n"
                + "insert into u values (4711);");
    assertThat(ran.message())
        .contains("violates foreign key constraint", "key (t) is not present in table \"t\"")
        .doesNotContain("4711");
  }
}
