package dev.sluice.migrations.engine;

import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of the history of the tool that migrated the database before. */
public enum AdoptMode {
  /** It is taken over where that leaves no doubt. */
  AUTO("Auto"),
  /** The same, and the folder must be Drizzle's. */
  DRIZZLE("Drizzle"),
  /** The same, and the folder must be Flyway's. */
  FLYWAY("Flyway"),
  /** A history that isn't in the ledger stops the run. */
  NEVER("Never");

  private final String word;

  AdoptMode(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<AdoptMode> of(String word) {
    return Stream.of(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
