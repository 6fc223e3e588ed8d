package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that is added to an enum can't be used before it is committed: the server says so. */
class NewEnumValueIT {
  private static final String USES =
      "alter type s add value 'b'; create table t (s s default 'b'); insert into t values ('b');";
  private static final String OUTSIDE = "each of its statements is committed by itself";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner flyway = fixture.runner().with("SLUICE_CHANGELOG", "db");
  private final TestRunner drizzle = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  @BeforeEach
  void anEnum() {
    database.execute("create type s as enum ('a')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter type s add value 'b'; alter type s add value 'c' after 'b';",
        "alter type s add value 'ok'; create table t (v text default 'ok');",
        "alter type s add value 'b'; -- 'b' is for boats",
        "alter type s add value 'b'; comment on type s is 'b';",
        "create type n as enum ('x'); alter type n add value 'y'; select 'y'::n;"
      })
  void namingItIsNoUse(String sql) {
    changelog.with("db/V1__a.sql", sql + "\nselect 1/0;");
    assertThat(flyway.run().failure().sqlState()).isEqualTo("22012");
    assertThat(database.query("select enum_range(null::s)")).isEqualTo(List.of("{a}"));
    changelog.with("db/V1__a.sql", sql);
    assertThat(flyway.run().output()).doesNotContain(OUTSIDE);
  }

  @Test
  void inDrizzlesChunkToo() {
    changelog
        .drizzle("drizzle", "0000_a")
        .with(
            "drizzle/0000_a.sql",
            "alter type s add value 'b'; alter type s add value 'c' after 'b';");
    assertThat(drizzle.run().exit()).isZero();
    assertThat(database.query("select enum_range(null::s)")).isEqualTo(List.of("{a,b,c}"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatUsesItRunsOutsideOfATransaction(boolean rehearsed) {
    if (rehearsed) {
      database.execute("drop type s");
    }
    var type = rehearsed ? "create type s as enum ('a');" : "select 1;";
    changelog.with("db/V1__s.sql", type).with("db/V2__a.sql", USES);
    var ran = rehearsed ? flyway.rehearsing().run().passed() : flyway.run();
    assertThat(ran.exit()).as(ran.output()).isZero();
    assertThat(ran.output()).contains("V2__a uses a value that it adds to an enum: " + OUTSIDE);
    assertThat(database.query("select s from t")).isEqualTo(List.of("b"));
    assertThat(flyway.run().report().applied()).isEmpty();
  }

  @Test
  void inOneChunkOfDrizzlesToo() {
    changelog.drizzle("drizzle", "0000_a").with("drizzle/0000_a.sql", USES);
    assertThat(drizzle.run().exit()).isZero();
    assertThat(database.query("select s from t")).isEqualTo(List.of("b"));
  }

  @Test
  void whatItCommittedIsNamedWhenItFailsThere() {
    changelog.with("db/V1__a.sql", USES + "select 1/0;");
    var ran = flyway.run();
    assertThat(ran.message()).contains("3 of its 4 parts were committed and stay");
    assertThat(flyway.run().reason()).isEqualTo("HalfApplied");
  }

  @Test
  void allTablesAreClusteredOutsideOfATransaction() {
    changelog.with(
        "db/V1__a.sql", "create table t (i int primary key); cluster t using t_pkey;\ncluster;");
    assertThat(flyway.run().exit()).isZero();
  }

  @Test
  void aStringThatGoesOnIsReadAsItBegan() {
    changelog.with(
        "db/V1__a.sql",
        """
        create table t (v text default E'a'
          'it\\'s; x');
        create index concurrently i on t (v);
        """);
    assertThat(flyway.run().exit()).isZero();
    assertThat(database.has("i")).isTrue();
  }
}
