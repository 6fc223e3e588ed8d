package dev.sluice.migrations.rehearsal;

/** Begun at a point of a clock that never jumps. */
record Stopwatch(long begun) {
  private static final long TENTH = 100_000_000;

  static Stopwatch started() {
    return new Stopwatch(System.nanoTime());
  }

  /** Of a second; one that has begun counts. */
  int tenths() {
    return Math.toIntExact((System.nanoTime() - begun + TENTH - 1) / TENTH);
  }
}
