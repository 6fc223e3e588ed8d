package dev.sluice.operator.controller;

import dev.sluice.operator.decision.Timings;
import java.time.Duration;
import java.util.Map;

/** How often in a row the API server refused a write for an object, and the pause after that. */
public final class Refusals {
  private static final int MANY = 16;

  private final Timings timings;
  private final Map<String, Integer> inARow = new BoundedMap<>();

  public Refusals(Timings timings) {
    this.timings = timings;
  }

  /** Doubles with each. */
  public synchronized Duration next(String uid) {
    var before = inARow.merge(uid, 1, (n, one) -> Math.min(MANY, n + one)) - 1;
    var doubled = timings.soon().multipliedBy(1L << before);
    return doubled.compareTo(timings.longestRetry()) < 0 ? doubled : timings.longestRetry();
  }

  public synchronized void over(String uid) {
    inARow.remove(uid);
  }
}
