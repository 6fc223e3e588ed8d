package dev.sluice.operator.controller;

import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.decision.Wait;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Many runs that start at once: their Jobs go first, and that they start is written into the status
 * a little later, if they aren't further by then. An operator that dies in between finds the Jobs
 * by their label.
 */
final class BurstDeferral {
  private static final int MANY = 20;

  /** When the last of them started, in nanoseconds of no certain beginning; a ring. */
  private final long[] starts = new long[MANY];

  private final LongSupplier nanos;
  private long number;

  /** {@code nanos} is a clock that no one sets, such as {@link System#nanoTime}. */
  BurstDeferral(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether this is written later. */
  boolean defers(Decision decision, ActionResult result, Instant now) {
    if (decision instanceof Start) {
      return result instanceof ActionResult.Started && begun(nanos.getAsLong());
    }
    return decision instanceof Await(var run, Wait.Brief _)
        && on(nanos.getAsLong())
        && now.isBefore(run.createdAt().plus(Timings.LONGEST_DEFERRAL));
  }

  private synchronized boolean begun(long now) {
    var on = on(now);
    starts[(int) (number++ % MANY)] = now;
    return on;
  }

  private synchronized boolean on(long now) {
    return number >= MANY && now - starts[(int) (number % MANY)] < Timings.BURST.toNanos();
  }
}
