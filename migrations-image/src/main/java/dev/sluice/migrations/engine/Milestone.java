package dev.sluice.migrations.engine;

/** How far a run has come with waiting. */
public enum Milestone {
  /** It has a session on the database. */
  CONNECTED,
  /** It holds the lock: from here on it works. */
  LOCKED
}
