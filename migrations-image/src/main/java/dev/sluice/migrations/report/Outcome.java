package dev.sluice.migrations.report;

/** What a run came to. */
public enum Outcome {
  APPLIED("Applied"),
  NOTHING_PENDING("NothingPending"),
  FAILED("Failed"),
  /** The deadline of this run came first. */
  WAITED("Waited"),
  /** SIGTERM came first. */
  INTERRUPTED("Interrupted"),
  REFUSED("Refused"),
  /** Tried on a database of its own, and nowhere else. */
  REHEARSED("Rehearsed"),
  /** Only the plan was made: a person has to say yes to it. */
  PLANNED("Planned");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
