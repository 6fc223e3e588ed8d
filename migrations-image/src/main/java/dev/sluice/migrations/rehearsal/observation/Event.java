package dev.sluice.migrations.rehearsal.observation;

/** What the server's event triggers wrote down, in its order. */
sealed interface Event {
  /** The object it is about. */
  long id();

  record Command(long id, String tag, String objectType, String identity) implements Event {}

  record Drop(long id, String objectType, String identity, boolean original, boolean normal)
      implements Event {}

  record Rewritten(long id, int reasons) implements Event {}

  /** A lock at the end of a DDL command that no transaction holds. */
  record Locked(long id, LockMode mode) implements Event {}
}
