package dev.sluice.migrations.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.cli.TestRunner;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGSTOP: the server notices nothing, the session lives, and so does its lock. */
class FreezeIT {
  private static final String LOCKED =
      "select distinct a.application_name from pg_locks l join pg_stat_activity a using (pid)"
          + " where l.locktype = 'advisory' and l.granted and a.datname = current_database()";

  @TempDir Path folder;

  /** Before every statement and after it; another waits all the while, and finds nothing to do. */
  @ParameterizedTest
  @EnumSource
  void aFrozenRunKeepsTheLock(Shape shape) throws Exception {
    var trial = Trial.of(shape, folder);
    var runner = new CompletableFuture<Process>();
    var second = trial.sluice().with("PGAPPNAME", "sluice/second").with("SLUICE_DEADLINE", "10m");
    try (var pool = Executors.newSingleThreadExecutor();
        var wire =
            trial.wire((_, _, moment) -> {
              // at its end the other may have the lock already
              if (moment != Moment.DURING
                  && isAtWork(trial)
                  && holder(trial).equals("sluice/first")) {
                frozen(runner.join(), () -> assertThat(holder(trial)).isEqualTo("sluice/first"));
              }
              return Wire.Fate.PASSES;
            })) {
      runner.complete(trial.process(wire, "sluice/first"));
      await().atMost(ofSeconds(60)).until(() -> isAtWork(trial) || !runner.join().isAlive());
      var waiting = pool.submit(second::run);
      assertThat(runner.join().waitFor()).isZero();
      assertThat(waiting.get().report().outcome().label()).isEqualTo("NothingPending");
      assertThat(waiting.get().output()).contains("the lock is held by sluice/first");
    }
    new Aftermath(trial).holds();
  }

  /** As a person may who doesn't want to wait: its session is ended, and the next run goes on. */
  @Test
  void whoThawsAfterAnotherTookOverCanCommitNothing() throws Exception {
    Trial.both(
        folder,
        trial -> {
          var trips = trial.roundTrips().size();
          for (var point : Boundaries.of(trips, trips / 3, Moment.BEFORE, Moment.AFTER)) {
            thawed(trial, point);
          }
        });
  }

  private static void thawed(Trial trial, Point point) throws Exception {
    var runner = new CompletableFuture<Process>();
    var after = new Aftermath(trial);
    Point.Action takenOver =
        () ->
            frozen(
                runner.get(),
                () -> {
                  after.sessionsAreEnded();
                  after.nextRunIsGreenOrNamesWhatWasCutOff();
                });
    try (var wire = trial.wire(point.then(takenOver, Wire.Fate.PASSES))) {
      var process = trial.process(wire);
      runner.complete(process);
      var exit = process.waitFor();
      point.told(
          wire,
          () -> {
            // 20 for what no transaction held: another run can't succeed before a person has seen
            // it
            assertThat(exit).isIn(0, 10, 20);
            after.everythingIsThereOnce();
          });
    }
    trial.shape().empty(trial.database());
  }

  @Test
  void whoWaitsLongerThanItsDeadlineNamesTheFrozenRun() throws Exception {
    var trial = Trial.of(Shape.DRIZZLE, folder);
    var runner = new CompletableFuture<Process>();
    var waited = new CompletableFuture<TestRunner.Ran>();
    var second = trial.sluice().with("PGAPPNAME", "sluice/second").with("SLUICE_DEADLINE", "2s");
    try (var wire =
        trial.wire((_, _, _) -> {
          if (isAtWork(trial) && !waited.isDone()) {
            frozen(runner.join(), () -> waited.complete(second.run()));
          }
          return Wire.Fate.PASSES;
        })) {
      runner.complete(trial.process(wire, "sluice/first"));
      assertThat(runner.join().waitFor()).isZero();
    }
    assertThat(waited.get().exit()).isEqualTo(11);
    assertThat(waited.get().reason()).isEqualTo("LockHeld");
    assertThat(waited.get().message()).contains("sluice/first");
    new Aftermath(trial).holds();
  }

  private static boolean isAtWork(Trial trial) {
    return trial.database().has("counted") && !holder(trial).isEmpty();
  }

  private static String holder(Trial trial) {
    return String.join(", ", trial.database().query(LOCKED));
  }

  private static void frozen(Process process, Runnable meanwhile) {
    Command.run("kill", "-STOP", String.valueOf(process.pid()));
    try {
      meanwhile.run();
    } finally {
      Command.run("kill", "-CONT", String.valueOf(process.pid()));
    }
  }
}
