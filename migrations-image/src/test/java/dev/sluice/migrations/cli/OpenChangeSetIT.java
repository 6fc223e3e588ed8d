package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Liquibase's changesets that say {@code runInTransaction: false}, cut off and failed. */
class OpenChangeSetIT {
  private static final String MARKS = "select file from sluice_unfinished";
  private static final String NAME = "root.sql::2::ann";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path logs;
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  @BeforeEach
  void aTable() {
    database.execute("create table t (i int)");
  }

  private void second(String sql) {
    changelog.sql(
        """
        --changeset ann:1
        select 1;
        --changeset ann:2 runInTransaction:false
        """
            + sql);
  }

  private Process begun() throws Exception {
    var process = sluice.start(logs.resolve("log"));
    var running =
        "select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname ="
            + " current_database()";
    await().atMost(ofSeconds(60)).until(() -> !database.query(running).isEmpty());
    return process;
  }

  @Test
  void oneThatWasCutOffIsNamed() throws Exception {
    second("insert into t values (1);\nselect pg_sleep(600);");
    begun().destroyForcibly().waitFor();
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("HalfApplied");
    assertThat(ran.failure().changeSet()).isEqualTo(NAME);
    assertThat(ran.failure().hint()).contains("delete from \"public\".sluice_unfinished");
    assertThat(database.query("select * from t")).hasSize(1);
    database.execute("delete from t; delete from \"public\".sluice_unfinished");
    second("insert into t values (1);");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void oneThatWasInterruptedIsNamed() throws Exception {
    second("insert into t values (1);\nselect pg_sleep(600);");
    var process = begun();
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(11);
    assertThat(sluice.run().reason()).isEqualTo("HalfApplied");
  }

  @Test
  void oneStatementThatWasInterruptedLeavesNothing() throws Exception {
    second("select pg_sleep(600);");
    var process = begun();
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(11);
    assertThat(database.query(MARKS)).isEmpty();
  }

  @Test
  void oneThatFailedForGoodMayBeMended() {
    second("insert into t values (1);\ninsert into nowhere values (1);");
    assertThat(sluice.run().reason()).isEqualTo("ChangeSetFailed");
    assertThat(database.query(MARKS)).isEmpty();
    second("insert into t values (2);");
    assertThat(sluice.run().exit()).isZero();
  }

  /** As it says when only the mark outlives the run. */
  @Test
  void oneThatIsInTheLedgerIsDone() throws Exception {
    second("insert into t values (1);");
    sluice.run();
    database.execute(
        "insert into sluice_unfinished (ledger, file, chunks)"
            + " values ('databasechangelog', '"
            + NAME
            + "', 1)");
    changelog.sql(
        """
        --changeset ann:1
        select 1;
        --changeset ann:2 runInTransaction:false
        insert into t values (1);
        --changeset ann:3
        select 3;
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(EmbeddedLiquibase.pending(database, changelog, "root.sql")).isEmpty();
  }
}
