package dev.sluice.migrations.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, ended by real signals. */
class KillIT {
  /** More of them, and others: {@code -Dsluice.kills=5000 -Dsluice.seed=$RANDOM}. */
  private static final int KILLS = Integer.getInteger("sluice.kills", 10);

  private static final long SEED = Long.getLong("sluice.seed", 1);

  @TempDir Path folder;

  /** At random points; Liquibase, which starts slowly, takes a third of them. */
  @Test
  void whereverARunnerDiesEveryChangeSetIsThereOnce() throws Exception {
    Trial.both(folder, KillIT::killed);
  }

  private static void killed(Trial trial) throws Exception {
    var trips = trial.roundTrips().size();
    for (var seed = SEED; seed < SEED + KILLS; seed++) {
      var liquibase = seed % 3 == 0;
      if (liquibase == (trial.shape() == Shape.LIQUIBASE)) {
        Kill.random(seed, trips).befalls(trial);
      }
    }
  }

  /** The server never saw the statement, or has done it and nobody heard. */
  @ParameterizedTest(name = "gently: {0}")
  @ValueSource(booleans = {false, true})
  void betweenAnyTwoStatements(boolean gently) throws Exception {
    Trial.both(
        folder,
        trial -> {
          var trips = trial.roundTrips().size();
          for (var point : Boundaries.of(trips, trips / 3, Moment.BEFORE, Moment.AFTER)) {
            new Kill("-Dsluice.every=1", point, gently).befalls(trial);
          }
        });
  }
}
