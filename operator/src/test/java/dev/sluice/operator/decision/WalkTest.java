package dev.sluice.operator.decision;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens, in whatever order, the rules hold. A failed walk prints its seed, to be walked
 * again with {@code -Dsluice.seed}; {@code -Dsluice.walks} takes more of them, {@code
 * -Dsluice.walk} others: a build takes the same.
 */
final class WalkTest {
  private static final int STEPS = 100;

  @ParameterizedTest(name = "the operator sees things late: {0}")
  @ValueSource(booleans = {false, true})
  void theRulesHoldOnEveryWalkAndEachComesToRest(boolean lags) {
    var seed = Long.getLong("sluice.seed");
    if (seed != null) {
      walk(seed, lags);
      return;
    }
    var first = Long.getLong("sluice.walk", 1);
    for (var n = 0; n < Integer.getInteger("sluice.walks", 1000); n++) {
      walk(first + n, lags);
    }
  }

  private static void walk(long seed, boolean lags) {
    var walk = new Walk(seed, lags);
    try {
      for (var n = 0; n < STEPS; n++) {
        walk.step();
      }
      walk.becomesReady();
      for (var n = 0; n < STEPS / 4; n++) {
        walk.step();
      }
      walk.calm();
      walk.rests();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dsluice.seed=" + seed + "\n" + walk.trace.last(), e);
    }
  }
}
