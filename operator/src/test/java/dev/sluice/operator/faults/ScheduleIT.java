package dev.sluice.operator.faults;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random schedules, in a build the same ones: {@code -Dsluice.schedules=10000} for more, {@code
 * -Dsluice.seed=N} for one again, both for others.
 */
final class ScheduleIT {
  private static final long SEED = Long.getLong("sluice.seed", 1);
  private static final int SCHEDULES =
      Integer.getInteger("sluice.schedules", System.getProperty("sluice.seed") == null ? 20 : 1);

  @TestFactory
  Stream<DynamicTest> everyScheduleConverges() {
    var cases = new ParallelNamespaces();
    LongStream.range(SEED, SEED + SCHEDULES)
        .forEach(seed -> cases.add("seed " + seed, () -> new Schedule(seed).play()));
    return cases.tests();
  }
}
