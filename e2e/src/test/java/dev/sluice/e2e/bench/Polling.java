package dev.sluice.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting. */
final class Polling {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Polling() {}

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void until(String what, BooleanSupplier there) {
    var end = Instant.now().plus(LONGEST);
    while (!there.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      sleep(Duration.ofMillis(2));
    }
  }
}
