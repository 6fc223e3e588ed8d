package dev.sluice.migrations.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, ended by real signals at random points. */
class KillIT {
  /** More of them, and others: {@code -Dsluice.kills=5000 -Dsluice.seed=$RANDOM}. */
  private static final int KILLS = Integer.getInteger("sluice.kills", 100);

  private static final long SEED = Long.getLong("sluice.seed", 1);

  @TempDir Path drizzle;
  @TempDir Path liquibase;

  /** Two at a time, and Liquibase, which starts slowly, for a third of them. */
  @Test
  void whereverARunnerDiesEveryChangeSetIsThereOnce() throws Exception {
    try (var pool = Executors.newFixedThreadPool(2)) {
      var both =
          List.<Callable<Integer>>of(
              () -> kill(Trial.of(Shape.DRIZZLE, drizzle), false),
              () -> kill(Trial.of(Shape.LIQUIBASE, liquibase), true));
      for (var killed : pool.invokeAll(both)) {
        killed.get();
      }
    }
  }

  private static int kill(Trial trial, boolean everyThird) throws Exception {
    var trips = trial.roundTrips();
    var killed = 0;
    for (var seed = SEED; seed < SEED + KILLS; seed++) {
      if (KILLS == 1 || (seed % 3 == 0) == everyThird) {
        Kill.of(seed, trips).befalls(trial);
        killed++;
      }
    }
    return killed;
  }
}
