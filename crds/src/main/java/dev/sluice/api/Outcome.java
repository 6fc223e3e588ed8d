package dev.sluice.api;

/** How a run ended. */
public enum Outcome {
  /** The database has the revision. */
  Succeeded,
  /** It failed; lastRun.failure says why. */
  Failed,
  /** It waited without success, or was interrupted; it isn't counted. */
  Interrupted,
  /** It made a plan, which waits for approval; nothing was changed. */
  Planned,
  /** It was taken back before its container started. */
  Cancelled,
  /** Its Job or pod vanished before its end was seen. */
  Lost
}
