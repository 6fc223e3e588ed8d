package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a value of the SQL nor a credential is in anything that a run says. */
class SecretTextIT {
  private static final String CANARY = "SuperCanaryPw99";

  /** Each quotes the canary in an error of the server's or of the driver's. */
  static final List<String> FAILING =
      List.of(
          "alter role shop password '" + CANARY,
          "alter role shop password " + CANARY,
          "alter role shop password \"" + CANARY + "\" valid",
          "select $$" + CANARY,
          "select E'" + CANARY + "\\",
          "select '" + CANARY + "'::int",
          "select '{" + CANARY + "'::int[]",
          "select '\"" + CANARY + "\" and more " + CANARY + "'::json",
          "select to_date('" + CANARY + "', 'YYYY')",
          "select '" + CANARY + "'::timestamptz",
          "select 'x' ~ '" + CANARY + "('",
          "set work_mem = '" + CANARY + "'",
          "create type mood as enum ('ok'); select '" + CANARY + "'::mood",
          "create table u (t text unique); insert into u values ('%1$s'), ('%1$s')"
              .formatted(CANARY),
          "create table c (t text check (t = '')); insert into c values ('" + CANARY + "')",
          "create table n (t text, i int not null); insert into n values ('" + CANARY + "')",
          "create table f (t text primary key); create table g (t text references f); insert into"
              + " g values ('"
              + CANARY
              + "')",
          "create domain d as text check (value = ''); select '" + CANARY + "'::d",
          "insert into nowhere values (\"a " + CANARY + "\")",
          "create table v (t text); insert into v values (\"a " + CANARY + "\")",
          "create subscription s connection 'password " + CANARY + "' publication p",
          "do $$ begin execute 'select ''" + CANARY + "''::int'; end $$",
          "do $$ begin execute 'insert into nowhere values (''" + CANARY + "'')'; end $$",
          "do $$ declare i int; begin i := '" + CANARY + "'; end $$",
          "do $$ begin raise exception using message = 'no', detail = '" + CANARY + "'; end $$",
          "select pg_sleep('" + CANARY + "')",
          "select nextval('\"a " + CANARY + "\"')",
          "select '<a>" + CANARY + "'::xml",
          "select jsonb_path_query('{}', '" + CANARY + " " + CANARY + "')");

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  /** In the log and in the report. */
  private static void says(TestRunner.Ran ran, String canary) {
    var report = new String(ReportJson.bytes(ran.report()), UTF_8);
    assertThat(ran.output() + report).doesNotContainIgnoringCase(canary);
  }

  private static void failsWithout(TestRunner.Ran ran) {
    assertThat(ran.exit()).isNotZero();
    says(ran, CANARY);
  }

  @ParameterizedTest
  @FieldSource("FAILING")
  void isInNoErrorOfAFolder(String sql) {
    changelog.drizzle("drizzle", "0000_a").with("drizzle/0000_a.sql", sql);
    failsWithout(sluice.with("SLUICE_CHANGELOG", "drizzle").run());
  }

  @ParameterizedTest
  @FieldSource("FAILING")
  void isInNoErrorOfAFolderWithoutTransaction(String sql) {
    changelog
        .with("flyway/V1__a.sql", sql)
        .with("flyway/V1__a.sql.conf", "executeInTransaction=false");
    failsWithout(sluice.with("SLUICE_CHANGELOG", "flyway").run());
  }

  @ParameterizedTest
  @FieldSource("FAILING")
  void isInNoErrorOfAChangelog(String sql) {
    changelog.sql("--changeset ann:1 splitStatements:false\n" + sql);
    failsWithout(sluice.run());
  }

  @ParameterizedTest
  @FieldSource("FAILING")
  void isInNoErrorOfAPrecondition(String sql) {
    changelog.sql(
        "--changeset ann:1\n--preconditions onFail:HALT\n--precondition-sql-check expectedResult:1 "
            + sql
            + "\nselect 1;");
    failsWithout(sluice.run());
  }

  @Test
  void isNotInWhatAPreconditionGot() {
    database.execute("create table secrets as select '" + CANARY + "'::text as t");
    changelog.sql(
        "--changeset ann:1\n--preconditions onFail:HALT\n--precondition-sql-check expectedResult:1"
            + " select t from secrets\nselect 1;");
    failsWithout(sluice.run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"i int", "t timestamp", "u uuid"})
  void isInNoErrorOfLoadedData(String column) {
    database.execute("create table loaded (" + column + ")");
    changelog
        .with("data.csv", column.split(" ", 2)[0] + "\n" + CANARY + "\n")
        .with(
            "root.yaml",
            """
            databaseChangeLog:
            - changeSet:
                id: 1
                author: ann
                changes:
                - loadData: {file: data.csv, tableName: loaded}
            """);
    failsWithout(sluice.with("SLUICE_CHANGELOG", "root.yaml").run());
  }

  @Test
  void isNotTheNameOfAFunctionAndItsLine() {
    database.execute(
        "create function f(i int) returns int language plpgsql as $$ begin\n return i / 0; end $$");
    changelog.sql("--changeset ann:1\nselect f(1)");
    assertThat(sluice.run().message()).contains("division by zero; in function f(integer) line 2");
  }

  @Test
  void isNotTheHintOfTheServer() {
    changelog.sql("--changeset ann:1\ncreate table t (mail text);select mial from t;");
    var ran = sluice.run();
    assertThat(ran.message()).contains("column \"mial\" does not exist");
    assertThat(ran.failure().hint()).contains("Perhaps you meant to reference");
  }

  /** As the password of the login, in a place where the text of the author's own stays. */
  @ParameterizedTest
  @ValueSource(strings = {"drizzle", "root.sql"})
  void isMaskedWhereItIsTheLoginsOwn(String path, @TempDir Path credentials) throws Exception {
    Files.writeString(credentials.resolve("username"), "postgres");
    Files.writeString(credentials.resolve("password"), CANARY);
    Files.writeString(credentials.resolve("api-token"), "Another-Canary");
    var text =
        "do $$ begin raise exception 'it is %1$s or %2$s'; end $$"
            .formatted(CANARY, "another-canary");
    changelog.drizzle("drizzle", "0000_" + CANARY).with("drizzle/0000_" + CANARY + ".sql", text);
    changelog.sql("--changeset ann:" + CANARY + " splitStatements:false\n" + text);
    var ran =
        sluice
            .with("SLUICE_CHANGELOG", path)
            .with("SLUICE_CREDENTIALS", credentials.toString())
            .run();
    failsWithout(ran);
    says(ran, "Another-Canary");
    assertThat(ran.message()).contains("it is *** or ***");
  }

  @Test
  void isMaskedInAPlan(@TempDir Path credentials) throws Exception {
    Files.writeString(credentials.resolve("username"), "postgres");
    Files.writeString(credentials.resolve("password"), CANARY);
    changelog.sql("--changeset ann:1\nalter role postgres password '" + CANARY + "';");
    var ran =
        sluice
            .with("SLUICE_APPROVAL", "Manual")
            .with("SLUICE_CREDENTIALS", credentials.toString())
            .run();
    failsWithout(ran);
    assertThat(ran.output()).contains("alter role postgres password '***'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:12?SuperCanaryPw99@h/d",
        "postgres://u:p@h/d?SuperCanaryPw99=1",
        "postgres://u:SuperCanaryPw99/x@h/d",
        "postgres://u:SuperCanaryPw99#x@h/d",
        "postgres://u:SuperCanaryPw99%zz@h/d",
        "SuperCanaryPw99"
      })
  void isInNoErrorOfAUrl(String url, @TempDir Path credentials) throws Exception {
    Files.writeString(credentials.resolve("uri"), url);
    failsWithout(
        sluice
            .with("SLUICE_CREDENTIALS", credentials.toString())
            .with("SLUICE_URL_KEY", "uri")
            .with("SLUICE_DEADLINE", "1s")
            .run());
  }
}
