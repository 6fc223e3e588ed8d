package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code COPY … FROM STDIN} with its data in the file, as pg_dump writes it. */
class FlywayCopyIT {
  private static final String SCRIPT =
      """
      create table t (i int, v text);
      COPY public.t (i, v) FROM stdin;
      1\ta; drop table t; 'b
      2\t\\N
      3\t-- $$
      \\.

      -- and more
      copy t from STDIN with (format csv);
      4,"a ""quoted"" one"
      \\.
      create table after (i int);
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestDatabase ofFlyway = TestServer.shared().database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  private void likeFlyway() {
    RealFlyway.on(ofFlyway, changelog, "db").load().migrate();
    assertThat(sluice.run().exit()).isZero();
    var rows = "select t::text from t order by i";
    assertThat(database.query(rows)).isEqualTo(ofFlyway.query(rows)).hasSize(4);
    assertThat(database.has("after")).isTrue();
  }

  @Test
  void isReadAsFlywayReadsIt() {
    changelog.with("db/V1__data.sql", SCRIPT);
    likeFlyway();
  }

  @Test
  void isReadWithWindowsLineEnds() {
    changelog.with("db/V1__data.sql", SCRIPT.replace("\n", "\r\n"));
    likeFlyway();
  }

  @Test
  void isPartOfTheTransaction() {
    changelog.with("db/V1__data.sql", SCRIPT + "select 1/0;");
    assertThat(sluice.run().reason()).isEqualTo("ChangeSetFailed");
    assertThat(database.has("t")).isFalse();
    changelog.with("db/V1__data.sql", SCRIPT);
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void runsOutsideOfATransactionToo() {
    changelog.with("db/V1__data.sql", SCRIPT + "create index concurrently i on t (i);");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select count(*) from t")).isEqualTo(List.of("4"));
  }

  @Test
  void aWrongLineIsNamed() {
    changelog.with("db/V1__data.sql", "create table t (i int);\ncopy t from stdin;\nx\n\\.\n");
    var ran = sluice.run();
    assertThat(ran.failure().sqlState()).isEqualTo("22P02");
    assertThat(ran.failure().file()).isEqualTo("db/V1__data.sql");
    assertThat(database.has("t")).isFalse();
  }

  @Test
  void isCountedInAPlan() {
    changelog.with("db/V1__data.sql", SCRIPT);
    assertThat(sluice.with("SLUICE_APPROVAL", "Manual").run().output())
        .contains("-- and lines of data: 3", "-- and lines of data: 1");
  }

  @Test
  void endsAtALineWithBlanksAfterItsEndToo() {
    changelog.with("db/V1__data.sql", SCRIPT.replace("\\.\n", "\\. \n"));
    likeFlyway();
  }

  @Test
  void withoutItsEndIsRefused() {
    changelog.with("db/V1__data.sql", "create table t (i int);\ncopy t from stdin;\n1\n");
    assertThat(sluice.run().message()).contains("db/V1__data.sql copies FROM STDIN, and no line");
  }

  @Test
  void isReadWithTheLineEndsOfAnOldMac() {
    changelog.with("db/V1__data.sql", SCRIPT.replace("\n", "\r"));
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select count(*) from t")).isEqualTo(List.of("4"));
  }

  /** The driver fails then, and the server goes on to the commit. */
  @Test
  void toWhereNobodyReadsIsRefused() {
    changelog.with("db/V1__out.sql", "create table t (i int);\ncopy (select 1) to stdout;");
    assertThat(sluice.run().message())
        .isEqualTo("db/V1__out.sql copies TO STDOUT, where nobody reads it");
    assertThat(database.has("t")).isFalse();
    changelog.with(
        "db/V1__out.sql",
        "create table t (i int);\n-- copy t to stdout;\nselect 'copy t to stdout'");
    assertThat(sluice.run().exit()).isZero();
  }
}
