package dev.sluice.api;

/** What becomes of a run whose migrations fail on a throw-away database. */
public enum RehearsalMode {
  /** The run is refused before it touches the database. */
  Enforce,
  /** The run goes on, with a warning. */
  Warn,
  /** Nothing is rehearsed. */
  Never
}
