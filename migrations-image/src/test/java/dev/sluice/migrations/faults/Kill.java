package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One random end of a process, that a seed gives. */
record Kill(long seed, Point point, boolean gently) {
  static Kill of(long seed, int trips) {
    var random = new Random(seed);
    var moments = Moment.values();
    return new Kill(
        seed,
        new Point(1 + random.nextInt(trips), moments[random.nextInt(moments.length)]),
        random.nextInt(5) == 0);
  }

  void befalls(Trial trial) throws Exception {
    var runner = new CompletableFuture<Process>();
    try (var wire = trial.wire(plan(runner))) {
      var process = trial.process(wire);
      runner.complete(process);
      var exit = process.waitFor();
      point.told(
          wire,
          () -> {
            assertThat(exit)
                .as(toString())
                .isIn(gently ? new Object[] {0, 11} : new Object[] {137});
            new Aftermath(trial).holds();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          "-Dsluice.kills=1 -Dsluice.seed=%d, %s: %s"
              .formatted(seed, trial.shape(), e.getMessage()),
          e);
    }
    trial.shape().empty(trial.database());
  }

  private Wire.Plan plan(CompletableFuture<Process> runner) {
    return gently
        ? point.then(() -> runner.get().destroy(), Wire.Fate.PASSES)
        : point.then(() -> runner.get().destroyForcibly().waitFor(), Wire.Fate.IS_CUT);
  }
}
