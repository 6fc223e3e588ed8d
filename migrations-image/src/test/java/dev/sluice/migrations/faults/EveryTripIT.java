package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every round trip of a run, one after the other. */
class EveryTripIT {
  @TempDir Path folder;

  /** Done and not answered is what a runner that dies before its next statement leaves, too. */
  @ParameterizedTest
  @EnumSource
  void aConnectionThatBreaksMayPass(Shape shape) throws Exception {
    var trial = Trial.of(shape, folder);
    var trips = trial.roundTrips();
    for (var trip = 1; trip <= trips; trip++) {
      broken(trial, new Point(trip, Moment.AFTER));
    }
  }

  private static void broken(Trial trial, Point point) throws IOException {
    try (var wire = trial.wire(point.then(() -> {}, Wire.Fate.IS_CUT))) {
      var ran = trial.through(wire).run();
      point.told(
          wire,
          () -> {
            assertThat(ran.exit()).as(ran.output()).isIn(0, 10);
            new Aftermath(trial).holds();
          });
    }
    trial.shape().empty(trial.database());
  }

  @ParameterizedTest
  @EnumSource
  void aSigtermInterrupts(Shape shape) throws Exception {
    var trial = Trial.of(shape, folder);
    var trips = trial.roundTrips();
    for (var trip = 1; trip <= trips; trip++) {
      interrupted(trial, new Point(trip, Moment.BEFORE));
    }
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
}
