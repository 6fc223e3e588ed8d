package dev.sluice.migrations.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.cli.Sluice;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGSTOP: the server notices nothing, the session lives, and so does its lock. */
class FreezeIT {
  private static final String LOCKED =
      "select distinct a.application_name from pg_locks l join pg_stat_activity a using (pid)"
          + " where l.locktype = 'advisory' and l.granted and a.datname = current_database()";

  @TempDir Path folder;

  /** Another run waits all the while, and finds nothing to do in the end. */
  @Test
  void frozenBeforeEveryRoundTripItKeepsTheLock() throws Exception {
    var trial = Trial.of(Shape.DRIZZLE, folder);
    var runner = new CompletableFuture<Process>();
    var second = trial.sluice().with("PGAPPNAME", "sluice/second").with("SLUICE_DEADLINE", "10m");
    try (var pool = Executors.newSingleThreadExecutor();
        var wire =
            trial.wire((_, _, moment) -> {
              if (moment == Moment.BEFORE && isAtWork(trial)) {
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

  @Test
  void whoWaitsLongerThanItsDeadlineNamesTheFrozenRun() throws Exception {
    var trial = Trial.of(Shape.DRIZZLE, folder);
    var runner = new CompletableFuture<Process>();
    var waited = new CompletableFuture<Sluice.Ran>();
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
