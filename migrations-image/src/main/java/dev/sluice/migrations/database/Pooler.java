package dev.sluice.migrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Tells a pooler in transaction mode, behind which two sessions could both "hold" the lock.
 *
 * <ol>
 *   <li>the process id that the server announced at the start is its real one: no pooler
 *   <li>else: A's process is known, B opens a transaction and keeps it, and A must find the same
 *       process again
 * </ol>
 */
final class Pooler {
  private static final String PROCESS = "select pg_backend_pid()";
  private static final int PATIENCE_SECONDS = 5;

  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  private Pooler() {}

  static boolean mixesSessions(Connection a, Opener opener) throws SQLException {
    var before = process(a);
    if (a.unwrap(PGConnection.class).getBackendPID() == before) {
      return false;
    }
    try (var b = opener.open()) {
      b.setAutoCommit(false);
      var _ = process(b);
      try {
        return process(a) != before;
      } catch (SQLException _) {
        // no process is left for A while B keeps one
        return true;
      }
    }
  }

  private static int process(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      try (var row = statement.executeQuery(PROCESS)) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
