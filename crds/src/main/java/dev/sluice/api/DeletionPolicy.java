package dev.sluice.api;

/** What becomes of a run in flight when its object is deleted. */
public enum DeletionPolicy {
  /** It ends first, then the object goes. */
  Wait,
  /** It is stopped and rolls back, and then the object goes. */
  Abort,
  /** The object goes immediately; the run goes on by itself. */
  Orphan
}
