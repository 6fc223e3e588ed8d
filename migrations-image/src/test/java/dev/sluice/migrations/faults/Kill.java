package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One end of a process, by SIGTERM or by SIGKILL; {@code again} are the options that repeat it. */
record Kill(String again, Point point, boolean gently) {
  /** The one that a seed gives. */
  static Kill random(long seed, int trips) {
    var random = new Random(seed);
    var moments = Moment.values();
    return new Kill(
        "-Dsluice.kills=1 -Dsluice.seed=" + seed,
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
      throw new AssertionError("%s, %s: %s".formatted(again, trial.shape(), e.getMessage()), e);
    }
    trial.shape().empty(trial.database());
  }

  private Wire.Plan plan(CompletableFuture<Process> runner) {
    return gently
        ? point.then(() -> runner.get().destroy(), Wire.Fate.PASSES)
        : point.then(() -> runner.get().destroyForcibly().waitFor(), Wire.Fate.IS_CUT);
  }
}
