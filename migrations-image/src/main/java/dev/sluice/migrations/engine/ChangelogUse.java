package dev.sluice.migrations.engine;

/** What a changelog is opened for. */
public enum ChangelogUse {
  /** Nothing of it is executed, and none of its classes loaded: for a plan, or a status. */
  LOOK,
  APPLY,
  /** As {@link #APPLY}, on a database of its own: what isn't SQL is named, and not executed. */
  REPLAY
}
