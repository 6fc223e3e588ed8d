package dev.sluice.operator.decision;

/** Where a migration stands, in one word and one sentence. */
record Readiness(State state, String reason, String message) {
  /** Told once, until it works or is stuck: each telling is a write. */
  static String starting(String job) {
    return "Job " + job + " starts its container";
  }

  /** The four ways to stand. */
  enum State {
    READY,
    WORKING,
    STALLED,
    SUSPENDED
  }
}
