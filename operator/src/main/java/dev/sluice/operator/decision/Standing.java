package dev.sluice.operator.decision;

/** Where a migration stands, in one word and one sentence. */
record Standing(State state, String reason, String message) {
  /** The four ways to stand. */
  enum State {
    READY,
    WORKING,
    STALLED,
    SUSPENDED
  }
}
