package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are too large to be held. */
class LargeFileIT {
  /** Of every length in UTF-8, so that blocks of the file begin and end inside of them. */
  private static final String SIGNS = "a é 漢字 🐘 it''s; -- no";

  private static final String READ_BACK =
      "select count(*) || ' ' || count(distinct v) || ' ' || max(v) from t";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner flyway = fixture.runner().with("SLUICE_CHANGELOG", "db");
  private final TestRunner drizzle = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  private static String inserts(int count, String lineEnd) {
    return "create table t (i int, v text);"
        + lineEnd
        + IntStream.range(0, count)
            .mapToObj(i -> "insert into t values (" + i + ", '" + SIGNS + "');" + lineEnd)
            .collect(Collectors.joining());
  }

  /** Few statements, which the server is done with soon. */
  private static String longInserts(int count, String lineEnd) {
    return inserts(count, lineEnd)
        .replace("');", "', '" + "x".repeat(2_000) + "');")
        .replace("v text)", "v text, w text)");
  }

  private static String asOne(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "(" + i + ", '" + SIGNS + "')")
        .collect(Collectors.joining(",\n", "insert into t values ", ";\n"));
  }

  private TestChangelog drizzle(String sql) {
    return changelog.drizzle("drizzle", "0000_t").with("drizzle/0000_t.sql", sql);
  }

  private void isThere(int count) {
    assertThat(database.query(READ_BACK)).containsExactly(count + " 1 a é 漢字 🐘 it's; -- no");
  }

  @Test
  void aMillionBytesOfInsertsAreOneTransaction() {
    drizzle(inserts(30_000, "\n") + "select 1/0;");
    var ran = drizzle.run();
    assertThat(ran.failure().sqlState()).isEqualTo("22012");
    assertThat(database.has("t")).isFalse();
    drizzle(inserts(30_000, "\n") + "--> statement-breakpoint\ncreate table after (i int)");
    assertThat(drizzle.run().exit()).isZero();
    isThere(30_000);
    assertThat(database.has("after")).isTrue();
    assertThat(drizzle.run().report().applied()).isEmpty();
  }

  @Test
  void otherLineEndsAreNoEdit() {
    drizzle("\uFEFF" + inserts(30_000, "\r\n"));
    assertThat(drizzle.run().exit()).isZero();
    isThere(30_000);
    drizzle(inserts(30_000, "\n")).with("drizzle/x.txt", "");
    assertThat(drizzle.run().report().applied()).isEmpty();
    drizzle(inserts(30_001, "\n"));
    assertThat(drizzle.run().reason()).isEqualTo("ChecksumMismatch");
  }

  @Test
  void aSingleStatementGoesFromItsFileToTheServer() {
    drizzle("create table t (i int, v text);--> statement-breakpoint\n" + asOne(60_000) + "x");
    var ran = drizzle.run();
    assertThat(ran.failure().sqlState()).isEqualTo("42601");
    assertThat(database.has("t")).isFalse();
    drizzle(
        "create table t (i int, v text);--> statement-breakpoint\n"
            + asOne(60_000)
            + "--> statement-breakpoint\ncreate index on t (i)");
    assertThat(drizzle.run().exit()).isZero();
    isThere(60_000);
  }

  @Test
  void itIsWhatFlywayHasApplied() {
    changelog.with("db/V1__t.sql", longInserts(600, "\r\n"));
    changelog.with("db/V2__after.sql", "create table after (i int);");
    RealFlyway.on(database, changelog, "db").target("1").load().migrate();
    changelog.with("db/V1__t.sql", longInserts(600, "\n"));
    assertThat(flyway.run().report().applied()).containsExactly("V2__after");
    isThere(600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\nvacuum t;"})
  void dataThatIsCopied(String after) {
    var rows = IntStream.range(0, 60_000).mapToObj(i -> i + "\ta é 漢字 🐘 it's; -- no");
    changelog.with(
        "db/V1__t.sql",
        "\\restrict k3y\ncreate table t (i int, v text);\ncopy t from stdin;\n"
            + rows.collect(Collectors.joining("\n"))
            + "\n\\.\n\n\\unrestrict k3y\ncreate table after (i int);"
            + after);
    assertThat(flyway.run().exit()).isZero();
    isThere(60_000);
    assertThat(database.has("after")).isTrue();
  }

  @Test
  void placeholdersAreFilledIn() {
    changelog.with("db/V1__t.sql", inserts(30_000, "\n") + "insert into t values (0, '${who}');");
    assertThat(flyway.run().reason()).isEqualTo("ChangelogInvalid");
    assertThat(flyway.with("SLUICE_PARAMETERS", "{\"who\": \"b\"}").run().exit()).isZero();
    assertThat(database.query("select max(v) from t")).isEqualTo(List.of("b"));
  }

  @Test
  void whatIsNoUtf8IsRefused() throws Exception {
    changelog.with("db/V1__t.sql", "");
    var text = inserts(30_000, "\n").getBytes(UTF_16LE);
    Files.write(changelog.root().resolve("db/V1__t.sql"), text);
    assertThat(flyway.run().message()).isEqualTo("db/V1__t.sql isn't UTF-8");
  }

  @Test
  void isRehearsed() {
    drizzle(inserts(30_000, "\n") + "--> statement-breakpoint\n" + asOne(60_000));
    drizzle.rehearsing().run().passed();
    assertThat(database.query("select count(*) from t")).isEqualTo(List.of("90000"));
  }

  /** Far less memory than the file has bytes. */
  @Test
  void fitsIntoLittleMemory() throws Exception {
    changelog.with("db/V1__t.sql", longInserts(13_000, "\n"));
    assertThat(Files.size(changelog.root().resolve("db/V1__t.sql"))).isGreaterThan(25_000_000);
    var log = Files.createTempFile("run", ".log");
    var process = flyway.start(log, "-Xmx32m");
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    isThere(13_000);
  }

  /** Neither rows nor notices are kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select i, repeat('x', 100) from generate_series(1, 600000) i;",
        "do $$ begin for i in 1..100000 loop raise notice 'n%', i; end loop; end $$;"
      })
  void whatTheServerSendsIsDropped(String sql) throws Exception {
    changelog.with("db/V1__t.sql", sql).sql("--changeset a:1 splitStatements:false\n" + sql);
    var liquibase = fixture.runner().with("PGDATABASE", TestServer.shared().database().name());
    for (var runner : List.of(flyway, liquibase)) {
      var log = Files.createTempFile("run", ".log");
      var process = runner.start(log, "-Xmx48m");
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }
  }
}
