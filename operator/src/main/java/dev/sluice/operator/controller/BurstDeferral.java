package dev.sluice.operator.controller;

import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Start;
import java.time.Duration;
import java.time.Instant;

/**
 * Many runs that start at once: their Jobs go first, and that they start is told a little later, if
 * they aren't further by then. An operator that dies in between finds the Jobs by their label.
 */
final class BurstDeferral {
  private static final int MANY = 20;
  private static final long WITHIN = Duration.ofSeconds(1).toNanos();
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** When the last of them started, in nanoseconds of no certain beginning; a ring. */
  private final long[] starts = new long[MANY];

  private long number;

  /** Whether this is told later. */
  boolean defers(Decision decision, ActionResult deed, Instant now) {
    if (decision instanceof Start) {
      return deed instanceof ActionResult.Started && begun(System.nanoTime());
    }
    return decision instanceof Await(var run, var reason, _)
        && reason.equals(Reasons.STARTING)
        && on(System.nanoTime())
        && now.isBefore(run.createdAt().plus(LONGEST));
  }

  private synchronized boolean begun(long now) {
    var on = on(now);
    starts[(int) (number++ % MANY)] = now;
    return on;
  }

  private synchronized boolean on(long now) {
    return number >= MANY && now - starts[(int) (number % MANY)] < WITHIN;
  }
}
