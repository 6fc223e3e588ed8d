package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only psql can run is named before anything runs; what pg_dump writes for it is passed. */
class PsqlOnlyIT {
  private static final String DUMP =
      """
      --
      -- PostgreSQL database dump
      --

      \\restrict Kd2x9

      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);

      CREATE TABLE public.t (i int, v text);

      COPY public.t (i, v) FROM stdin;
      1\ta\\\\b
      \\.

      --
      -- PostgreSQL database dump complete
      --

      \\unrestrict Kd2x9

      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner flyway = fixture.runner().with("SLUICE_CHANGELOG", "db");
  private final TestRunner drizzle = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");
  private final TestRunner liquibase = fixture.runner();

  @Test
  void aDumpIsABaseline() {
    changelog.with("db/V1__base.sql", DUMP).with("db/V2__more.sql", "create table u (i int)");
    assertThat(flyway.run().exit()).isZero();
    assertThat(database.query("select v from t")).isEqualTo(List.of("a\\b"));
    assertThat(database.has("u")).isTrue();
  }

  @Test
  void aDumpWithoutDataIsOneOfDrizzles() {
    changelog
        .drizzle("drizzle", "0000_base")
        .with("drizzle/0000_base.sql", DUMP.replaceAll("(?s)COPY.*?\\\\\\.\n", ""));
    assertThat(drizzle.run().exit()).isZero();
    assertThat(database.has("t")).isTrue();
  }

  @Test
  void aDumpIsRehearsed() {
    changelog.with("db/V1__base.sql", DUMP);
    flyway.rehearsing().run().passed();
    assertThat(database.query("select v from t")).isEqualTo(List.of("a\\b"));
  }

  @ParameterizedTest
  @CsvSource({
    "\\connect shop, \\connect",
    "\\i other.sql, \\i",
    "select 1 \\gset, \\gset",
    "\\set ON_ERROR_STOP on, \\set",
    "\\copy t from 'x', \\copy",
    "select 1; \\., \\.",
  })
  void commandsArePsqls(String line, String named) {
    changelog.with("db/V1__a.sql", "create table a (i int)").with("db/V2__b.sql", line);
    var ran = flyway.run();
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message())
        .isEqualTo("db/V2__b.sql has " + named + ", a command of psql's and no SQL");
    assertThat(database.has("a")).isFalse();
    changelog.sql("--changeset a:1\ncreate table a (i int);\n--changeset a:2\n" + line);
    assertThat(liquibase.run().message())
        .isEqualTo("root.sql::2::a has " + named + ", a command of psql's and no SQL");
    assertThat(database.has("a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select '\\connect'",
        "select E'\\'\\connect'",
        "select $$\\connect$$",
        "-- \\connect",
        "/* \\connect */ select 1",
        "select 1 as \"\\connect\"",
        "set standard_conforming_strings = off; select 'it\\'s \\connect'"
      })
  void aBackslashInAStringIsNone(String sql) {
    changelog.with("db/V1__a.sql", sql);
    assertThat(flyway.run().exit()).isZero();
  }

  @Test
  void dataIsForFlywaysFoldersOnly() {
    var copy = "create table a (i int);\ncopy a from stdin;\n1\n\\.\n";
    changelog.drizzle("drizzle", "0000_a").with("drizzle/0000_a.sql", copy);
    assertThat(drizzle.run().message())
        .isEqualTo(
            "drizzle/0000_a.sql copies FROM STDIN, which Drizzle's own tools don't run either");
    changelog.sql("--changeset a:1\n" + copy);
    assertThat(liquibase.run().message())
        .isEqualTo("root.sql::1::a copies FROM STDIN, and Liquibase has no data to give it");
    assertThat(database.has("a")).isFalse();
  }
}
