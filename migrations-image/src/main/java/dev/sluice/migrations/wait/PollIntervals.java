package dev.sluice.migrations.wait;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long between two looks: never for a thousand pods at the same moment. */
final class PollIntervals {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration LAST = Duration.ofMillis(200);
  private static final Duration POLL = Duration.ofSeconds(8);
  private static final Duration WATCH = Duration.ofSeconds(90);

  private int failures;

  /** After a failed look, longer each time; {@code asked}: at least that, as the server said. */
  Duration afterFailure(Duration asked) {
    var backoff = FIRST.multipliedBy(1L << Math.min(failures++, 4));
    var pause = some(backoff.compareTo(LONGEST) < 0 ? backoff : LONGEST);
    return asked.isZero() ? pause : asked.plus(some(FIRST));
  }

  /** After a look that says that nothing can be watched. */
  Duration poll() {
    return some(POLL);
  }

  /** After a watch that came to its end: all of them do when an API server stops. */
  Duration afterWatch() {
    failures = 0;
    return some(AGAIN);
  }

  /** After an event that says that it is applied, which all pods get at once. */
  Duration beforeTheLast() {
    failures = 0;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(LAST.toMillis()));
  }

  /** How long a watch lasts. */
  Duration watch() {
    return some(WATCH);
  }

  /** Half of it to all of it. */
  private static Duration some(Duration most) {
    var millis = most.toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }
}
