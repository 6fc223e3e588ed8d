package dev.sluice.migrations.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.cli.TestRunner;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application that goes on in the meantime does to a migration; all of it may pass. */
class ContentionIT {
  private static final String BREAK = ";\n--> statement-breakpoint\n";

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void twoRows() {
    database = TestServer.shared().database();
    database.execute("create table x as select 0 as i; create table y as select 0 as i");
  }

  private TestRunner migrating(Wire wire, String... parts) {
    var changelog = new TestChangelog(folder).drizzle("d", "0_x");
    changelog.with("d/0_x.sql", String.join(BREAK, parts));
    return new TestRunner(database, changelog)
        .with("PGHOST", "127.0.0.1")
        .with("PGSSLMODE", "disable")
        .with("PGPORT", String.valueOf(wire.port()))
        .with("SLUICE_CHANGELOG", "d");
  }

  private Wire wire(String words, Point.Action fault) {
    return new Wire(database.server(), new When(words, Moment.BEFORE).then(fault));
  }

  /** While another session holds the row of y, the migration has done what comes before it. */
  private void failsAndIsGreenTheSecondTime(TestRunner sluice, Meanwhile meanwhile, String state)
      throws Exception {
    // so that there is time for what makes a deadlock
    database.execute("alter database " + database.name() + " set deadlock_timeout = '3s'");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update y set i = i + 10");
      var first = CompletableFuture.supplyAsync(sluice::run);
      await().atMost(ofSeconds(60)).until(this::aRunWaits);
      meanwhile.happens(other);
      var ran = first.get();
      assertThat(ran.exit()).as(ran.output()).isEqualTo(10);
      assertThat(ran.failure().sqlState()).isEqualTo(state);
      assertThat(ran.failure().changeSet()).isEqualTo("0_x");
    }
    assertThat(sluice.run().exit()).isZero();
  }

  private interface Meanwhile {
    void happens(Connection other) throws Exception;
  }

  private boolean aRunWaits() {
    return !database
        .query(
            "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                + " and datname = current_database() and application_name like 'sluice%'")
        .isEmpty();
  }

  @Test
  void aSerializationFailureMayPass() throws Exception {
    try (var wire = wire("", () -> {})) {
      failsAndIsGreenTheSecondTime(
          migrating(
              wire,
              "-- first\nset transaction isolation level repeatable read",
              "select * from x",
              "lock table y",
              "update x set i = i + 1"),
          other -> {
            database.execute("update x set i = i + 10");
            other.rollback();
          },
          "40001");
    }
    assertThat(database.query("select i from x")).containsExactly("11");
  }

  @Test
  void aDeadlockMayPass() throws Exception {
    try (var wire = wire("", () -> {})) {
      failsAndIsGreenTheSecondTime(
          migrating(wire, "update x set i = i + 1", "update y set i = i + 1"),
          other -> {
            try (var statement = other.createStatement()) {
              // so that it isn't the one that gives way
              statement.execute("set deadlock_timeout = '10min'");
              statement.execute("update x set i = i + 10");
            }
            other.commit();
          },
          "40P01");
    }
    assertThat(database.query("select x.i || ' ' || y.i from x, y")).containsExactly("11 11");
  }

  @Test
  void aStatementTimeoutMayPass() throws Exception {
    database.execute(
        "create function slow() returns int language sql as"
            + " 'select pg_sleep(case i when 0 then 60 else 0 end) from y; select 1'");
    try (var wire = wire("", () -> {})) {
      var sluice =
          migrating(wire, "update x set i = i + 1", "select slow()")
              .with("SLUICE_STATEMENT_TIMEOUT", "500ms");
      var ran = sluice.run();
      assertThat(ran.exit()).as(ran.output()).isEqualTo(10);
      assertThat(ran.failure().sqlState()).isEqualTo("57014");
      database.execute("update y set i = 1");
      assertThat(sluice.run().exit()).isZero();
    }
    assertThat(database.query("select i from x")).containsExactly("1");
  }

  @Test
  void aLockTimeoutMayPass() throws Exception {
    try (var wire = wire("", () -> {});
        var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table y");
      var sluice =
          migrating(wire, "update x set i = i + 1", "alter table y add column j int")
              .with("SLUICE_LOCK_TIMEOUT", "300ms");
      var ran = sluice.run();
      assertThat(ran.exit()).as(ran.output()).isEqualTo(10);
      assertThat(ran.failure().sqlState()).isEqualTo("55P03");
      other.rollback();
      assertThat(sluice.run().exit()).isZero();
    }
    assertThat(database.query("select i from x")).containsExactly("1");
  }
}
