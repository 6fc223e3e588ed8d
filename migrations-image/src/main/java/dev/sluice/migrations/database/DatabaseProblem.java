package dev.sluice.migrations.database;

import org.jspecify.annotations.Nullable;

/** Why the database can't be had, or its lock. */
public record DatabaseProblem(Kind kind, String message, @Nullable String sqlState) {
  public enum Kind {
    CONFIGURATION,
    SECRET_KEY,
    SECRET_INVALID,
    SECRET_REFUSED,
    NO_IDENTITY,
    SECRET_UNAVAILABLE,
    TLS,
    AUTHENTICATION,
    ROLE,
    POOLER,
    UNREACHABLE,
    LOCK_HELD,
    /** A statement of the runner's own failed. */
    FAILED
  }

  public static DatabaseProblem of(Kind kind, String message) {
    return new DatabaseProblem(kind, message, null);
  }
}
