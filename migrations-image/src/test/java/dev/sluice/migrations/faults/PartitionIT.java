package dev.sluice.migrations.faults;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner's process in a network namespace, and packets that are dropped. */
class PartitionIT {
  private static final String ENDED =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
          + " and application_name like 'sluice%'";

  @TempDir Path drizzle;
  @TempDir Path liquibase;
  @TempDir Path logs;
  @TempDir Path place;
  private Namespace namespace;
  private OwnServer own;

  @BeforeEach
  void aServerOutside() {
    namespace = Namespace.made();
    own = OwnServer.started(place);
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
      until(first, "insert into t%");
      until(second, "create index concurrently%");
      namespace.part();
      new Aftermath(first).lockIsFree();
      new Aftermath(second).lockIsFree();
      assertThat(inTransaction.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(inIndex.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(inTransaction.exitValue()).isEqualTo(10);
      assertThat(inIndex.exitValue()).isEqualTo(10);
    }
    new Aftermath(first).holds();
    new Aftermath(second).holds();
  }

  @Test
  void whoComesBackAfterAnotherTookOverCanCommitNothing() throws Exception {
    var trial = Trial.on(own.server(), Shape.DRIZZLE, drizzle);
    Process zombie;
    try (var _ = heldUpInATransaction(trial)) {
      zombie = runner(trial);
      until(trial, "insert into t%");
      namespace.part();
      // as the server does by itself when it is sure, but sooner than the runner is
      trial.database().query(ENDED);
      new Aftermath(trial).lockIsFree();
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
    return trial
        .sluice()
        .with("PGHOST", Namespace.OUTSIDE)
        .with("SLUICE_LOCK_TIMEOUT", "0s")
        .with("SLUICE_DEADLINE", "30m")
        .start(logs.resolve(trial.database().name()), namespace.by());
  }

  private static void until(Trial trial, String query) throws InterruptedException {
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
    // a message in flight is the kernel's to repeat, for a quarter of an hour: it is to be there
    Thread.sleep(1000);
  }
}
