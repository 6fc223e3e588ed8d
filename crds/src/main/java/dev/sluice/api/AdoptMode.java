package dev.sluice.api;

/** What becomes of the history of the tool that migrated the database before. */
public enum AdoptMode {
  /** It is taken over where there is no doubt. */
  Auto,
  /** Drizzle's is taken over. */
  Drizzle,
  /** Flyway's is taken over. */
  Flyway,
  /** None is taken over; a run that finds one is refused. */
  Never
}
