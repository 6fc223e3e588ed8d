package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One run at a time, beside its like and beside a plain Liquibase. */
class LockIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  private final TestRunner sluice = fixture.runner();

  /** The holder's CREATE INDEX CONCURRENTLY must not wait for those who wait for the lock. */
  @Test
  void ofTwoRunsOneAppliesAndTheOtherFindsNothing() throws Exception {
    changelog.sql(
        """
        --changeset ann:1
        create table t (i int);
        select pg_sleep(1.5);
        --changeset ann:2 runInTransaction:false
        create index concurrently t_i on t (i);
        """);
    try (var pool = Executors.newFixedThreadPool(2)) {
      Callable<TestRunner.Ran> run = sluice::run;
      var runs = pool.invokeAll(List.of(run, run));
      var outcomes = List.of(label(runs.getFirst().get()), label(runs.getLast().get()));
      assertThat(outcomes).containsExactlyInAnyOrder("Applied", "NothingPending");
    }
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
  }

  private static String label(TestRunner.Ran ran) {
    return ran.report().outcome().label();
  }

  @Test
  void namesThePlainLiquibaseThatHeldTheLockUntilTheDeadline() {
    sluice.run();
    addAChangeSet();
    database.execute(
        "update databasechangeloglock set locked = true, lockedby = 'laptop (10.0.0.1)',"
            + " lockgranted = now()");
    var ran = sluice.with("SLUICE_DEADLINE", "3s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.reason()).isEqualTo("LockHeld");
    assertThat(ran.message()).contains("laptop (10.0.0.1)");
    assertThat(database.query("select lockedby from databasechangeloglock"))
        .containsExactly("laptop (10.0.0.1)");
  }

  @Test
  void namesTheRunThatHeldTheLockUntilTheDeadline() throws Exception {
    sluice.run();
    addAChangeSet();
    changelog.sql(
        TestChangelog.TWO_TABLES.substring("--liquibase formatted sql\n".length())
            + """
            --changeset ann:3
            select pg_sleep(8);
            """);
    try (var pool = Executors.newSingleThreadExecutor()) {
      var first =
          pool.submit(() -> fixture.runner().with("PGAPPNAME", "sluice/shop/first/1").run());
      await()
          .atMost(ofSeconds(90))
          .until(() ->
              database.query("select locked from databasechangeloglock").equals(List.of("t")));
      var ran = sluice.with("SLUICE_DEADLINE", "3s").with("PGAPPNAME", "sluice/shop/first/1").run();
      assertThat(ran.reason()).isEqualTo("LockHeld");
      assertThat(ran.message()).contains("sluice/shop/first/1");
      // who waited in vain must not free what another holds, even under the same name
      assertThat(database.query("select lockedby from databasechangeloglock"))
          .containsExactly("sluice/shop/first/1");
      assertThat(first.get().exit()).isZero();
    }
  }

  @Test
  void takesOverTheRowThatADeadRunLeft() {
    sluice.run();
    addAChangeSet();
    database.execute(
        "update databasechangeloglock set locked = true, lockedby = 'sluice/shop/dead/1',"
            + " lockgranted = now()");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("took over").contains("sluice/shop/dead/1");
  }

  @Test
  void freesTheRowThatARunLeftAfterItsLastChangeSet() {
    sluice.run();
    database.execute(
        "update databasechangeloglock set locked = true, lockedby = 'sluice/shop/dead/1',"
            + " lockgranted = now()");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
  }

  @Test
  void leavesTheRowOfAPlainLiquibaseAloneWhenNothingIsPending() {
    sluice.run();
    database.execute(
        "update databasechangeloglock set locked = true, lockedby = 'laptop (10.0.0.1)',"
            + " lockgranted = now()");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(database.query("select locked from databasechangeloglock")).containsExactly("t");
  }

  private void addAChangeSet() {
    changelog.with(
        "root.sql",
        TestChangelog.TWO_TABLES
            + """
            --changeset bob:3
            select 1;
            """);
  }
}
