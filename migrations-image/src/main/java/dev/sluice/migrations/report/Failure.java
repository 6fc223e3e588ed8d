package dev.sluice.migrations.report;

import org.jspecify.annotations.Nullable;

/** What went wrong, in words that are safe to show: no SQL text, no row data, no credential. */
public record Failure(
    Reason reason,
    Exit exit,
    String message,
    @Nullable String hint,
    @Nullable String changeSet,
    @Nullable String file,
    @Nullable String sqlState,
    @Nullable Place place) {
  /**
   * Where in the file it failed.
   *
   * @param statement counted from 1; 0 when it isn't known
   * @param of how many there are; 0 when it isn't known
   * @param line counted from 1; 0 when it isn't known
   */
  public record Place(int statement, int of, int line) {}

  public static Failure of(Reason reason, String message) {
    return new Failure(reason, reason.usualExit(), message, null, null, null, null, null);
  }

  public Failure exit(Exit other) {
    return new Failure(reason, other, message, hint, changeSet, file, sqlState, place);
  }

  public Failure message(String other) {
    return new Failure(reason, exit, other, hint, changeSet, file, sqlState, place);
  }

  public Failure hint(@Nullable String words) {
    return new Failure(reason, exit, message, words, changeSet, file, sqlState, place);
  }

  public Failure in(@Nullable String changeSet, @Nullable String file) {
    return new Failure(reason, exit, message, hint, changeSet, file, sqlState, place);
  }

  public Failure at(Place where) {
    return new Failure(reason, exit, message, hint, changeSet, file, sqlState, where);
  }

  public Failure sqlState(@Nullable String state) {
    return new Failure(reason, exit, message, hint, changeSet, file, state, place);
  }

  public Outcome outcome() {
    if (reason == Reason.INTERRUPTED) {
      return Outcome.INTERRUPTED;
    }
    if (reason == Reason.APPROVAL_REQUIRED) {
      return Outcome.PLANNED;
    }
    return switch (exit) {
      case WAITED -> Outcome.WAITED;
      case REFUSED -> Outcome.REFUSED;
      case SUCCESS, TRANSIENT, PERMANENT, CONFIGURATION -> Outcome.FAILED;
    };
  }
}
