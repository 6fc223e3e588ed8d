package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The round trips of a run, one after the other: every so many in a build, all of them with {@code
 * -Dsluice.every=1}.
 */
class EveryTripIT {
  @TempDir Path folder;

  /** Done and not answered is what a runner that dies before its next statement leaves, too. */
  @Test
  void aConnectionThatBreaksMayPass() throws Exception {
    Trial.both(
        folder,
        trial -> {
          for (var trip : trips(trial)) {
            broken(trial, new Point(trip, Moment.AFTER));
          }
        });
  }

  private static void broken(Trial trial, Point point) throws IOException {
    try (var wire = trial.wire(point.then(() -> {}, Wire.Fate.IS_CUT))) {
      var ran = trial.through(wire).run();
      point.told(
          wire,
          () -> {
            assertThat(ran.exit()).as(ran.output()).isIn(0, 10, 20);
            if (ran.exit() == 20) {
              // what no transaction held: another run can't succeed before a person has seen it
              assertThat(ran.failure().hint()).contains("sluice_unfinished");
            }
            new Aftermath(trial).holds();
          });
    }
    trial.shape().empty(trial.database());
  }

  @Test
  void aSigtermInterrupts() throws Exception {
    Trial.both(
        folder,
        trial -> {
          for (var trip : trips(trial)) {
            interrupted(trial, new Point(trip, Moment.BEFORE));
          }
        });
  }

  private static void interrupted(Trial trial, Point point) throws IOException {
    var sluice = trial.sluice();
    try (var wire = trial.wire(point.then(sluice::interrupt, Wire.Fate.PASSES))) {
      var ran = sluice.with("PGPORT", String.valueOf(wire.port())).run();
      point.told(
          wire,
          () -> {
            assertThat(ran.exit()).as(ran.output()).isIn(0, 11);
            new Aftermath(trial).holds();
          });
    }
    trial.shape().empty(trial.database());
  }

  /** Of Liquibase's many, those that only read are left out: they leave what was there before. */
  private static int[] trips(Trial trial) throws IOException {
    var all = trial.roundTrips();
    var those =
        IntStream.rangeClosed(1, all.size())
            .filter(trip -> trial.shape() == Shape.DRIZZLE || !onlyReads(all.get(trip - 1)))
            .toArray();
    var step = Integer.getInteger("sluice.every", 8);
    return IntStream.range(0, those.length).filter(i -> i % step == 0).map(i -> those[i]).toArray();
  }

  private static boolean onlyReads(String sql) {
    return sql.matches("(?i)(S_[0-9]+ )?(select|show|set) .*") && !sql.contains("advisory");
  }
}
