package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.cli.TestRunner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a PostgreSQL does that is restarted, demoted or full. */
class ServerIT {
  @TempDir Path folder;
  @TempDir Path place;
  private OwnServer own;
  private Trial trial;

  @BeforeEach
  void aServer() {
    own = OwnServer.started(place, "max_connections = 10", "superuser_reserved_connections = 1");
    trial = Trial.on(own.server(), Shape.DRIZZLE, folder);
  }

  @AfterEach
  void ends() {
    own.close();
  }

  /** In the second transaction, in an index, and between two changesets. */
  @ParameterizedTest
  @ValueSource(strings = {"fast", "immediate"})
  void aServerThatStopsInTheMiddleMayPass(String mode) throws Exception {
    for (var sql : new String[] {"generate_series", "create index concurrently", "11_last"}) {
      var at = new When(sql, Moment.DURING);
      try (var wire = trial.wire(at.then(() -> own.stop(mode)))) {
        var ran = trial.through(wire).run();
        assertThat(at.happened()).isTrue();
        // no transaction held the index: another run can't succeed before a person has seen it
        var expected = sql.contains("concurrently") ? 20 : 10;
        assertThat(ran.exit()).as(ran.output()).isEqualTo(expected);
      }
      own.start();
      new Aftermath(trial).holds();
      trial.shape().empty(trial.database());
    }
  }

  @Test
  void waitsForAServerThatComesBack() throws Exception {
    own.stop("fast");
    var ran = whileItWaits(trial.sluice(), "waiting: ", own::start);
    assertThat(ran.exit()).as(ran.output()).isZero();
    new Aftermath(trial).holds();
  }

  @Test
  void waitsForAReplicaThatIsPromoted() throws Exception {
    own.stop("fast");
    own.demote();
    own.start();
    var ran = whileItWaits(trial.sluice(), "a replica or in recovery", own::promote);
    assertThat(ran.exit()).as(ran.output()).isZero();
    new Aftermath(trial).holds();
  }

  /** As the old primary of some platforms does for a while. */
  @Test
  void readOnlyMayPass() throws Exception {
    var main = new TestDatabase(own.server(), TestServer.USER);
    var readOnly = "default_transaction_read_only";
    main.execute("alter database %s set %s = on".formatted(trial.database().name(), readOnly));
    var ran = trial.sluice().run();
    assertThat(ran.exit()).as(ran.output()).isEqualTo(10);
    assertThat(ran.failure().sqlState()).isEqualTo("25006");
    main.execute("alter database %s reset %s".formatted(trial.database().name(), readOnly));
    new Aftermath(trial).holds();
  }

  @Test
  void waitsForAConnectionToGetFree() throws Exception {
    var others = new ArrayList<Connection>();
    try {
      while (true) {
        others.add(trial.database().connect());
      }
    } catch (SQLException full) {
      assertThat(full.getSQLState()).isEqualTo("53300");
    }
    var ran =
        whileItWaits(
            trial.sluice(),
            "too many clients",
            () -> {
              for (var other : others) {
                other.close();
              }
            });
    assertThat(ran.exit()).as(ran.output()).isZero();
    new Aftermath(trial).holds();
  }

  private static TestRunner.Ran whileItWaits(TestRunner sluice, String words, Point.Action mend)
      throws Exception {
    try (var pool = Executors.newSingleThreadExecutor()) {
      Callable<TestRunner.Ran> run = () -> sluice.with("SLUICE_DEADLINE", "5m").run();
      var waiting = pool.submit(run);
      Thread.sleep(2500);
      mend.run();
      assertThat(waiting.get().output()).contains(words);
      return waiting.get();
    }
  }
}
