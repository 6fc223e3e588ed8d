package dev.sluice.operator.decision;

import dev.sluice.api.RunSettings.Backoff;
import dev.sluice.operator.observation.Hash;
import java.time.Duration;

/** The pause before the next attempt. */
final class RetryBackoff {
  private RetryBackoff() {}

  /**
   * Doubles from initial to max; up to a fifth less, so that many don't come back at once; whole
   * seconds.
   */
  static Duration after(int attempt, Backoff backoff, String uid) {
    var doubled = backoff.initial();
    for (var i = 1; i < attempt && doubled.compareTo(backoff.max()) < 0; i++) {
      doubled = doubled.multipliedBy(2);
    }
    var pause = doubled.compareTo(backoff.max()) < 0 ? doubled : backoff.max();
    var spared = Hash.fraction(uid, Integer.toString(attempt)) / 5;
    return Duration.ofSeconds(Math.max(1, Math.round(pause.toSeconds() * (1 - spared))));
  }
}
