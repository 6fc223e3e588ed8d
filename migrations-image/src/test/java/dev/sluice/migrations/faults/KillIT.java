package dev.sluice.migrations.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, ended by real signals at random points. */
class KillIT {
  /** More of them, and others: {@code -Dsluice.kills=5000 -Dsluice.seed=$RANDOM}. */
  private static final int KILLS = Integer.getInteger("sluice.kills", 100);

  private static final long SEED = Long.getLong("sluice.seed", 1);

  @TempDir Path folder;

  /** Liquibase, which starts slowly, takes a third of them. */
  @Test
  void whereverARunnerDiesEveryChangeSetIsThereOnce() throws Exception {
    Trial.both(folder, KillIT::killed);
  }

  private static void killed(Trial trial) throws Exception {
    var trips = trial.roundTrips().size();
    for (var seed = SEED; seed < SEED + KILLS; seed++) {
      var liquibase = seed % 3 == 0;
      if (liquibase == (trial.shape() == Shape.LIQUIBASE)) {
        Kill.of(seed, trips).befalls(trial);
      }
    }
  }
}
