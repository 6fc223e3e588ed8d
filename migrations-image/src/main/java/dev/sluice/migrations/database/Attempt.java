package dev.sluice.migrations.database;

/** What came of trying to get something of a database. */
public sealed interface Attempt<T> {
  record Got<T>(T value) implements Attempt<T> {}

  /** It may pass by itself. */
  record NotYet<T>(Trouble trouble) implements Attempt<T> {}

  record Failed<T>(Trouble trouble) implements Attempt<T> {}

  /** The deadline or a signal came first; the trouble is what was waited for. */
  record Stopped<T>(Stop.Cause cause, Trouble trouble) implements Attempt<T> {}
}
