package dev.sluice.migrations.faults;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner's process in a network namespace, and packets that are dropped. */
class PartitionIT {
  @TempDir Path drizzle;
  @TempDir Path liquibase;
  @TempDir Path logs;
  @TempDir Path place;
  private Namespace namespace;
  private OwnServer own;

  @BeforeEach
  void aServerOutside() throws Exception {
    namespace = Namespace.made(0);
    var certificate = TestCertificate.of("localhost", place);
    own =
        OwnServer.started(
            place,
            "ssl = on",
            "ssl_cert_file = '" + certificate.certificate() + "'",
            "ssl_key_file = '" + certificate.key() + "'");
  }

  @AfterEach
  void ends() {
    if (own != null) {
      own.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  /**
   * Within a transaction, and within an index; the runners don't wait for their deadline either.
   */
  @Test
  void bothSidesFindOutByThemselves() throws Exception {
    var first = Trial.on(own.server(), Shape.DRIZZLE, drizzle);
    var second = Trial.on(own.server(), Shape.LIQUIBASE, liquibase);
    try (var _ = heldUpInATransaction(first);
        var _ = heldUpInAnIndex(second)) {
      var inTransaction = runner(first);
      var inIndex = runner(second);
      until(first, "%insert into t%");
      until(second, "create index concurrently%");
      namespace.part();
      new Aftermath(first).lockIsFree();
      new Aftermath(second).lockIsFree();
      assertThat(inTransaction.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(inIndex.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(inTransaction.exitValue()).isEqualTo(10);
      // no transaction held it: another run can't succeed before a person has seen it
      assertThat(inIndex.exitValue()).isEqualTo(20);
    }
    new Aftermath(first).holds();
    new Aftermath(second).holds();
  }

  /** It asks for the lock again and again, so its question is under way: keepalive isn't asked. */
  @ParameterizedTest(name = "TLS: {0}")
  @ValueSource(booleans = {false, true})
  void aMessageThatNobodyAcknowledgesIsNoticed(boolean encrypted) throws Exception {
    var trial = Trial.on(own.server(), Shape.DRIZZLE, drizzle);
    try (var _ = heldUpInATransaction(trial)) {
      var holder = trial.sluice().with("SLUICE_LOCK_TIMEOUT", "0s").start(logs.resolve("holder"));
      until(trial, "%insert into t%");
      var waiting = runner(trial, encrypted ? "require" : "disable");
      await().atMost(ofMinutes(1)).until(() -> log(trial).contains("the lock is held by"));
      namespace.part();
      assertThat(waiting.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(waiting.exitValue()).as(log(trial)).isEqualTo(10);
      holder.destroy();
      assertThat(holder.waitFor()).isEqualTo(11);
    }
    new Aftermath(trial).holds();
  }

  @Test
  void whoComesBackAfterAnotherTookOverCanCommitNothing() throws Exception {
    var trial = Trial.on(own.server(), Shape.DRIZZLE, drizzle);
    Process zombie;
    try (var _ = heldUpInATransaction(trial)) {
      zombie = runner(trial);
      until(trial, "%insert into t%");
      namespace.part();
      // sooner than the runner is sure
      new Aftermath(trial).sessionsAreEnded();
    }
    var after = new Aftermath(trial);
    after.nextRunIsGreenOrNamesWhatWasCutOff();
    namespace.heal();
    assertThat(zombie.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(zombie.exitValue()).isNotZero();
    after.everythingIsThereOnce();
  }

  /** Its insert waits for the table. */
  private static Connection heldUpInATransaction(Trial trial) throws Exception {
    trial.upTo("generate_series");
    var other = trial.database().connect();
    other.setAutoCommit(false);
    try (var statement = other.createStatement()) {
      statement.execute("lock table t");
    }
    return other;
  }

  /** Its index waits for an old snapshot. */
  private static Connection heldUpInAnIndex(Trial trial) throws Exception {
    trial.upTo("create table a");
    var other = trial.database().connect();
    other.setAutoCommit(false);
    other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = other.createStatement()) {
      statement.execute("select 1");
    }
    return other;
  }

  private Process runner(Trial trial) throws IOException {
    return runner(trial, "disable");
  }

  private Process runner(Trial trial, String sslMode) throws IOException {
    return trial
        .sluice()
        .with("PGHOST", namespace.outside())
        .with("PGSSLMODE", sslMode)
        .with("SLUICE_LOCK_TIMEOUT", "0s")
        .with("SLUICE_DEADLINE", "30m")
        .start(logs.resolve(trial.database().name()), namespace.by());
  }

  private String log(Trial trial) throws IOException {
    return Files.readString(logs.resolve(trial.database().name()));
  }

  private static void until(Trial trial, String query) {
    await()
        .atMost(ofMinutes(2))
        .until(() ->
            !trial
                .database()
                .query(
                    "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname ="
                        + " current_database() and query like '"
                        + query
                        + "'")
                .isEmpty());
  }
}
