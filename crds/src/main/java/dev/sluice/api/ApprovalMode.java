package dev.sluice.api;

/** Whether a person has to say yes to what is pending. */
public enum ApprovalMode {
  /** It is applied at once. */
  Automatic,
  /** A run makes a plan first, and waits for the annotation sluice.dev/approve. */
  Manual
}
