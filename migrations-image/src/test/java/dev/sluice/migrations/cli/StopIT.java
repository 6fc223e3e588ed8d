package dev.sluice.migrations.cli;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that come from outside: signals, kills, deadlines. */
class StopIT {
  private static final String SLEEPING =
      "select query from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'"
          + " and datname = current_database()";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path logs;
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  private void sleepingChangeSet() {
    changelog.sql(
        """
        --changeset ann:1
        create table t (i int);
        select pg_sleep(60);
        """);
  }

  @Test
  void sigtermRollsBackAndFreesTheLockWithinASecond() throws Exception {
    sleepingChangeSet();
    var log = logs.resolve("log");
    var process = sluice.start(log);
    await().atMost(ofSeconds(90)).until(() -> !database.query(SLEEPING).isEmpty());
    process.destroy();
    await()
        .atMost(ofSeconds(1))
        .pollInterval(ofMillis(20))
        .until(() ->
            database
                .query(
                    "select 1 from pg_locks l join pg_database d on d.oid = l.database where"
                        + " locktype = 'advisory' and datname = current_database()")
                .isEmpty());
    assertThat(process.waitFor(3, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(11);
    assertThat(Files.readString(log))
        .contains("\"outcome\":\"Interrupted\"")
        .contains("root.sql::1::ann");
    assertThat(database.has("t")).isFalse();
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
  }

  @Test
  void sigtermEndsAWaitForTheDatabase() throws Exception {
    sleepingChangeSet();
    var log = logs.resolve("log");
    var process = sluice.with("PGDATABASE", "not_made_yet").start(log);
    await().atMost(ofSeconds(90)).until(() -> Files.readString(log).contains("waiting: "));
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(11);
    assertThat(Files.readString(log)).contains("\"outcome\":\"Interrupted\"");
  }

  @Test
  void theDeadlineCancelsAStatement() {
    sleepingChangeSet();
    var ran = sluice.with("SLUICE_DEADLINE", "3s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.reason()).isEqualTo("DeadlineExceeded");
    assertThat(ran.report().outcome().label()).isEqualTo("Waited");
    assertThat(ran.failure().changeSet()).isEqualTo("root.sql::1::ann");
    assertThat(database.query(SLEEPING)).isEmpty();
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
  }

  @Test
  void theDeadlineCutsAnIndexOffAndNothingIsLeft() throws Exception {
    changelog.sql(
        """
        --changeset ann:1
        create table t (i int);
        --changeset ann:2 runInTransaction:false
        create index concurrently cut_off on t (i);
        """);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      // an old snapshot: the index waits for it to end
      other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select 1");
      var ran = sluice.with("SLUICE_DEADLINE", "4s").with("SLUICE_LOCK_TIMEOUT", "0s").run();
      assertThat(ran.exit()).isEqualTo(11);
      assertThat(ran.failure().changeSet()).isEqualTo("root.sql::2::ann");
      assertThat(database.has("cut_off")).isFalse();
      assertThat(ran.report().applied()).contains("root.sql::1::ann");
    }
    assertThat(sluice.with("SLUICE_DEADLINE", "60s").run().exit()).isZero();
  }

  /** Twelve changesets, killed at a random point, again and again: each is there exactly once. */
  @Test
  void killedAtAnyPointEachChangeSetIsThereExactlyOnce() throws Exception {
    var text = new StringBuilder();
    for (var i = 1; i <= 12; i++) {
      text.append(
          """
          --changeset ann:%d
          create table t%d (i int);
          select pg_sleep(0.05);
          insert into t%d values (1);
          """
              .formatted(i, i, i));
    }
    changelog.sql(text.toString());
    var random = new Random(42);
    var log = logs.resolve("log");
    for (var kill = 0; kill < 4; kill++) {
      var process = sluice.start(log);
      var before = ledgerRows();
      await().atMost(ofSeconds(90)).until(() -> !process.isAlive() || ledgerRows() > before);
      Thread.sleep(random.nextInt(150));
      process.destroyForcibly().waitFor();
    }
    assertThat(sluice.start(log).waitFor()).isZero();
    assertThat(ledgerRows()).isEqualTo(12);
    for (var i = 1; i <= 12; i++) {
      assertThat(database.query("select count(*) from t" + i)).containsExactly("1");
    }
  }

  private int ledgerRows() {
    return database.has("databasechangelog")
        ? Integer.parseInt(database.query("select count(*) from databasechangelog").getFirst())
        : 0;
  }

  /** As {@code verify} runs it in a pod: an eviction isn't a failed attempt. */
  @ParameterizedTest
  @ValueSource(strings = {"root.sql", "."})
  void aSignalInterruptsACheck(String path) throws Exception {
    sluice.with("SLUICE_CHANGELOG", path);
    changelog.sql("--changeset ann:1\ncreate table t (i int);\n");
    if (path.equals(".")) {
      changelog.without("root.sql");
      changelog.with("V1__t.sql", "create table t (i int);");
      database.execute(
          """
          create table flyway_schema_history (
            installed_rank int, version text, description text, type text, script text,
            checksum int, installed_by text, installed_on timestamp default now(),
            execution_time int, success boolean)
          """);
    } else {
      assertThat(sluice.run().exit()).isZero();
    }
    try (var holder = held(path.equals(".") ? "flyway_schema_history" : "databasechangelog")) {
      var checked = CompletableFuture.supplyAsync(sluice::check);
      untilItWaits();
      sluice.interrupt();
      var ran = checked.get(90, TimeUnit.SECONDS);
      assertThat(ran.exit()).isEqualTo(11);
      assertThat(ran.reason()).isEqualTo("Interrupted");
      assertThat(holder.isClosed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.sql", "drizzle"})
  void aSignalInterruptsAStatus(String path) throws Exception {
    sluice.with("SLUICE_CHANGELOG", path);
    changelog.twoOfDrizzle().sql("--changeset ann:1\ncreate table t (i int);\n");
    assertThat(sluice.run().exit()).isZero();
    try (var holder = held((path.equals("drizzle") ? "sluice." : "") + "databasechangelog")) {
      var exit = CompletableFuture.supplyAsync(() -> sluice.command("status"));
      untilItWaits();
      sluice.interrupt();
      assertThat(exit.get(90, TimeUnit.SECONDS)).isEqualTo(11);
      assertThat(holder.isClosed()).isFalse();
    }
  }

  private Connection held(String table) throws SQLException {
    var holder = database.connect();
    holder.setAutoCommit(false);
    try (var statement = holder.createStatement()) {
      statement.execute("lock table " + table + " in access exclusive mode");
    }
    return holder;
  }

  private void untilItWaits() {
    await()
        .atMost(ofSeconds(90))
        .until(() ->
            !database
                .query(
                    "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()")
                .isEmpty());
  }
}
