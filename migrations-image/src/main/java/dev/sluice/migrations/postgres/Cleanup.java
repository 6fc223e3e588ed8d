package dev.sluice.migrations.postgres;

import java.sql.SQLException;

/** What a run does after a stop has cancelled something: a late cancel may hit it instead. */
public final class Cleanup {
  private static final int MOST_TRIES = 3;

  /** Statements that may be sent twice. */
  @FunctionalInterface
  public interface Work<T> {
    T done() throws SQLException;
  }

  private Cleanup() {}

  /** Tries again when it was cancelled; every other failure, and the last one, is thrown. */
  public static <T> T retried(Work<T> work) throws SQLException {
    for (var tries = 1; ; tries++) {
      try {
        return work.done();
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !ServerError.of(e).sqlState().equals(SqlStates.CANCELLED)) {
          throw e;
        }
      }
    }
  }
}
