package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that one transaction doesn't hold, whole and cut off. */
class NoTransactionIT {
  private static final String BREAK = "--> statement-breakpoint\n";
  private static final String MARKS = "select file || ' ' || done from sluice_unfinished";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path logs;
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .drizzle("d", "0_t", "1_x")
          .with("d/0_t.sql", "create table t (i int); insert into t values (1), (1)");
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "d");

  private void second(String sql) {
    changelog.with("d/1_x.sql", sql);
  }

  @Test
  void buildsAnIndexConcurrently() {
    second("create index concurrently i on t (i);" + BREAK + "vacuum t;");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("i")).isTrue();
    assertThat(database.query(MARKS)).isEmpty();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void addsAValueAndUsesIt() {
    changelog.with("d/0_t.sql", "create type color as enum ('red')");
    second(
        "alter type color add value 'blue';" + BREAK + "create table c (c color default 'blue')");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void aFirstPartThatFailedLeavesNothingAndMayBeMended() {
    second("-- sluice:no-transaction\ninsert into nowhere values (1)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().hint()).isNull();
    assertThat(database.query(MARKS)).isEmpty();
    second("-- sluice:no-transaction\ninsert into t values (2)");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void aLaterPartThatFailedSaysWhatStays() {
    second(
        "-- sluice:no-transaction\ncreate table a (i int);"
            + BREAK
            + "insert into nowhere values (1)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.message()).contains("1 of its 2 parts were committed and stay");
    assertThat(ran.failure().hint()).contains("delete from \"sluice\".sluice_unfinished");
    var again = sluice.run();
    assertThat(again.exit()).isEqualTo(20);
    assertThat(again.reason()).isEqualTo("HalfApplied");
    assertThat(again.failure().file()).isEqualTo("d/1_x.sql");
    database.execute(
        "drop table a; delete from \"sluice\".sluice_unfinished where file = '1_x.sql'");
    second("create table a (i int)");
    assertThat(sluice.run().exit()).isZero();
  }

  /** As a stop does that comes between a part and the note that it is committed. */
  @Test
  void aPartIsNotForgottenWhenItsNoteIsCancelled() {
    second(
        """
        -- sluice:no-transaction
        create function cancelled() returns trigger language plpgsql as $$
          begin raise exception 'late' using errcode = '57014'; end $$;
        create trigger late before update on sluice.sluice_unfinished execute function cancelled();
        """);
    var ran = sluice.run();
    assertThat(ran.failure().hint()).contains("delete from");
    assertThat(database.query(MARKS)).containsExactly("1_x.sql 0");
    assertThat(sluice.run().reason()).isEqualTo("HalfApplied");
  }

  @Test
  void saysWhenOnlyTheRowLacks() {
    second(
        """
        -- sluice:no-transaction
        create function cancelled() returns trigger language plpgsql as $$
          begin raise exception 'late' using errcode = '57014'; end $$;
        create trigger late before insert on sluice.databasechangelog execute function cancelled();
        """);
    assertThat(sluice.run().message()).contains("1 of its 1 parts");
    assertThat(sluice.run().message()).contains("only its row in the ledger lacks");
  }

  @Test
  void dropsTheInvalidIndexThatItsOwnStatementLeft() {
    second("create unique index concurrently \"One_of_each\" on t (i)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.failure().sqlState()).isEqualTo("23505");
    assertThat(ran.failure().hint()).isNull();
    assertThat(database.has("\"One_of_each\"")).isFalse();
    database.execute("delete from t");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("\"One_of_each\"")).isTrue();
  }

  @Test
  void leavesTheInvalidIndexOfSomebodyElseAlone() {
    second("select 1");
    assertThat(sluice.run().exit()).isZero();
    assertThatThrownBy(() -> database.execute("create unique index concurrently theirs on t (i)"))
        .hasMessageContaining("could not create unique index");
    changelog
        .drizzle("d", "0_t", "1_x", "2_y")
        .with("d/2_y.sql", "create unique index concurrently ours on t (i)");
    var ran = sluice.run();
    assertThat(ran.failure().sqlState()).isEqualTo("23505");
    assertThat(ran.failure().hint()).contains("drop index concurrently public.theirs");
    assertThat(database.has("theirs")).isTrue();
    assertThat(database.has("ours")).isFalse();
  }

  /** It waits for every transaction that could see the table: by design, not for a lock. */
  @Test
  void anIndexWaitsForOldSnapshotsBeyondTheLockTimeout() throws Exception {
    second(
        "create index concurrently i on t (i);" + BREAK + "select current_setting('lock_timeout')");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select 1");
      var ran = CompletableFuture.supplyAsync(() -> sluice.with("SLUICE_LOCK_TIMEOUT", "1s").run());
      var waiting =
          "select 1 from pg_stat_activity where query like 'create index%' and wait_event_type ="
              + " 'Lock' and now() - query_start > interval '3 s' and datname = current_database()";
      await().atMost(ofSeconds(60)).until(() -> !database.query(waiting).isEmpty());
      other.commit();
      assertThat(ran.get().exit()).isZero();
    }
  }

  /** A lock timeout that the migration itself has set holds, and the index is built after all. */
  @Test
  void buildsAnIndexAgainThatALockTimeoutCutOff() throws Exception {
    second(
        "-- sluice:no-transaction\nset lock_timeout = '1s'"
            + BREAK
            + "create index concurrently i on t (i)");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select 1");
      var ran = CompletableFuture.supplyAsync(sluice::run);
      var cutOff = "select 1 from pg_index where not indisvalid";
      await().atMost(ofSeconds(60)).until(() -> !database.query(cutOff).isEmpty());
      await().atMost(ofSeconds(60)).until(() -> database.query(cutOff).isEmpty());
      other.commit();
      assertThat(ran.get().exit()).isZero();
    }
    assertThat(database.query("select indisvalid from pg_index where indexrelid = 'i'::regclass"))
        .containsExactly("t");
  }

  @Test
  void killedInTheMiddleOfAnIndexItIsFound() throws Exception {
    second("create index concurrently cut_off on t (i)");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      // an old snapshot: the index waits for it to end
      other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select 1");
      kill("create index concurrently%");
    }
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("HalfApplied");
    assertThat(ran.failure().file()).isEqualTo("d/1_x.sql");
    assertThat(ran.failure().hint())
        .contains("drop index concurrently public.cut_off")
        .contains("delete from");
    database.execute("drop index concurrently public.cut_off");
    database.execute("delete from sluice_unfinished");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void killedInTheMiddleOfATransactionItRunsAgain() throws Exception {
    second("create table a (i int);" + BREAK + "select pg_sleep(60)");
    kill("%pg_sleep%");
    assertThat(database.has("a")).isFalse();
    second("create table a (i int);" + BREAK + "select pg_sleep(0)");
    assertThat(sluice.run().report().applied()).containsExactly("1_x");
  }

  @Test
  void killedAfterItsOwnCommitItIsFound() throws Exception {
    second("create table a (i int);" + BREAK + "COMMIT;" + BREAK + "select pg_sleep(60)");
    kill("%pg_sleep%");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("HalfApplied");
    assertThat(ran.message()).contains("2 of its 3 parts");
    assertThat(database.has("a")).isTrue();
  }

  @Test
  void sigtermInTheFirstPartLeavesNothing() throws Exception {
    second("-- sluice:no-transaction\nselect pg_sleep(60)");
    var process = sluice.start(logs.resolve("log"));
    var running =
        "select 1 from pg_stat_activity where state = 'active' and wait_event = 'PgSleep'";
    await().atMost(ofSeconds(60)).until(() -> !database.query(running).isEmpty());
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(11);
    assertThat(database.query(MARKS)).isEmpty();
  }

  private void kill(String query) throws Exception {
    var process = sluice.start(logs.resolve("log"));
    var running =
        "select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
            + " and datname = current_database() and query like '"
            + query
            + "'";
    await().atMost(ofSeconds(60)).until(() -> !database.query(running).isEmpty());
    process.destroyForcibly().waitFor();
    await().atMost(ofSeconds(60)).until(() -> database.query(running).isEmpty());
  }

  @Test
  void aMigrationMayEndItsTransaction() {
    second(
        "create table a (i int); COMMIT;"
            + BREAK
            + "create index concurrently i on t (i);"
            + BREAK
            + "BEGIN;");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("WARNING 1_x ends its transaction itself");
    assertThat(database.has("i")).isTrue();
    assertThat(database.query(MARKS)).isEmpty();
  }

  @Test
  void whatItCommittedStaysAndIsSaid() {
    second(
        "create table a (i int);"
            + BREAK
            + "COMMIT;"
            + BREAK
            + "create table b (i int);"
            + BREAK
            + "oops");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.message()).contains("3 of its 4 parts");
    assertThat(database.has("a")).isTrue();
    assertThat(sluice.run().reason()).isEqualTo("HalfApplied");
  }

  @Test
  void whatItHadNotCommittedYetIsGone() {
    second("create table a (i int);" + BREAK + "oops;" + BREAK + "COMMIT;");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().hint()).isNull();
    assertThat(database.has("a")).isFalse();
    second("create table a (i int);" + BREAK + "COMMIT;");
    assertThat(sluice.run().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table a (i int); COMMIT; select 1 / 0;",
        "create table a (i int); COMMIT; BEGIN; select 1;" + BREAK + "oops",
        "create table a (i int);" + BREAK + "COMMIT AND CHAIN;" + BREAK + "oops"
      })
  void whatMayHaveStayedIsSaid(String sql) {
    second(sql);
    var ran = sluice.run();
    assertThat(ran.failure().hint()).contains("delete from");
    assertThat(database.has("a")).isTrue();
    assertThat(sluice.run().reason()).isEqualTo("HalfApplied");
  }
}
