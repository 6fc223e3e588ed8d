package dev.sluice.migrations.database;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The point in time at which a run ends, finished or not; by a clock that never jumps. */
public final class Deadline {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final LongSupplier nanoTime;
  private final long end;
  private final boolean never;

  Deadline(LongSupplier nanoTime, Duration rest, boolean never) {
    this.nanoTime = nanoTime;
    this.end = never ? 0 : nanoTime.getAsLong() + rest.toNanos();
    this.never = never;
  }

  /** Zero means none. */
  public static Deadline in(Duration rest) {
    var soon = rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
    return new Deadline(System::nanoTime, soon, rest.isZero());
  }

  public Duration rest() {
    if (never) {
      return LONGEST;
    }
    var rest = end - nanoTime.getAsLong();
    return rest <= 0 ? Duration.ZERO : Duration.ofNanos(rest);
  }

  public boolean isOver() {
    return !never && rest().isZero();
  }

  /** {@code up to 29m55s more}, for a reader of a log. */
  public String more() {
    if (never) {
      return "as long as it takes";
    }
    var seconds = rest().toSeconds();
    var words =
        seconds >= 3600
            ? seconds / 3600 + "h" + seconds / 60 % 60 + "m"
            : seconds >= 60 ? seconds / 60 + "m" + seconds % 60 + "s" : seconds + "s";
    return "up to " + words + " more";
  }
}
