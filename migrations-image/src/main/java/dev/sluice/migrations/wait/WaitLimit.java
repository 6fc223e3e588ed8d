package dev.sluice.migrations.wait;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Until when is waited. */
final class WaitLimit {
  private static final Duration LEAST = Duration.ofMillis(1);

  private final long begin = System.nanoTime();
  private final @Nullable Duration patience;

  /**
   * @param patience null: for ever
   */
  WaitLimit(@Nullable Duration patience) {
    this.patience = patience;
  }

  boolean over() {
    return patience != null && since().compareTo(patience) >= 0;
  }

  /** That, or less. */
  Duration atMost(Duration wanted) {
    if (patience == null) {
      return wanted;
    }
    var left = patience.minus(since());
    return left.compareTo(LEAST) < 0 ? LEAST : left.compareTo(wanted) < 0 ? left : wanted;
  }

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
