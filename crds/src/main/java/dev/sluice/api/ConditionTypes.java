package dev.sluice.api;

/** Types of the conditions in the status; they are API. */
public final class ConditionTypes {
  /** The database has the revision that the spec asks for. Always there. */
  public static final String READY = "Ready";

  /** The operator works on it, retries included. There only while True. */
  public static final String RECONCILING = "Reconciling";

  /** A person must act. There only while True. */
  public static final String STALLED = "Stalled";

  private ConditionTypes() {}
}
