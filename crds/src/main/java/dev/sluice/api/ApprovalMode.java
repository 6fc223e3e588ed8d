package dev.sluice.api;

/** Whether a person has to approve what is pending. */
public enum ApprovalMode {
  /** It is applied without asking. */
  Automatic,
  /** A run makes a plan first, and waits for the annotation sluice.dev/approve. */
  Manual
}
