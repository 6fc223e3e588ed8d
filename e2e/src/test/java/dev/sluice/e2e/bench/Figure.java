package dev.sluice.e2e.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations that were measured. */
record Figure(List<Duration> all) {
  Figure {
    all = all.stream().sorted().toList();
  }

  double median() {
    return millis(.5);
  }

  /** The nearest rank. */
  double millis(double part) {
    return all.isEmpty()
        ? Double.NaN
        : all.get((int) Math.ceil(part * all.size()) - 1).toNanos() / 1e6;
  }

  static String tell(Duration time) {
    return tell(time.toNanos() / 1e6);
  }

  static String tell(double millis) {
    return millis < 100
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : millis < 2000
            ? String.format(Locale.ROOT, "%.0f ms", millis)
            : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
