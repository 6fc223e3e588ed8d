package dev.sluice.migrations.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Tells a pooler in transaction mode, behind which two sessions could both "hold" the lock.
 *
 * <ol>
 *   <li>the process id that the server announced at the start is its real one: no pooler
 *   <li>else: A's process is known, B opens a transaction and keeps it, and A must find the same
 *       process again
 *   <li>B gets no process, as in session mode when the pool is used up: A must find its own again,
 *       at once; in transaction mode B would have got A's
 * </ol>
 *
 * A pooler lets a client wait for minutes, and forgets to cancel it: hence limits on the sockets.
 */
final class PoolerDetection {
  private static final String PROCESS = "select pg_backend_pid()";
  static final int PATIENCE_SECONDS = 5;

  /** What PgBouncer says in statement mode. */
  private static final Pattern NO_TRANSACTIONS = Pattern.compile("transaction.* not allowed");

  @FunctionalInterface
  interface Opener {
    /** A connection on which no answer is waited for longer than {@link #PATIENCE_SECONDS}. */
    Connection open() throws SQLException;
  }

  private PoolerDetection() {}

  /** {@code before}: the process that has just answered. */
  static boolean mixesSessions(Connection a, int before, Opener opener) throws SQLException {
    if (a.unwrap(PGConnection.class).getBackendPID() == before) {
      return false;
    }
    a.setNetworkTimeout(Runnable::run, PATIENCE_SECONDS * 1000);
    if (mixes(a, before, opener)) {
      return true;
    }
    a.setNetworkTimeout(Runnable::run, 0);
    return false;
  }

  private static boolean mixes(Connection a, int before, Opener opener) throws SQLException {
    try (var b = opener.open()) {
      b.setAutoCommit(false);
      var _ = process(b);
      var mixes = losesItsProcess(a, before);
      b.rollback();
      return mixes;
    } catch (SQLException e) {
      return NO_TRANSACTIONS.matcher(ServerError.of(e).message()).find() || process(a) != before;
    }
  }

  private static boolean losesItsProcess(Connection a, int before) {
    try {
      return process(a) != before;
    } catch (SQLException _) {
      // no process is left for A while B keeps one
      return true;
    }
  }

  private static int process(Connection connection) throws SQLException {
    return Sql.rows(connection, row -> row.getInt(1), PROCESS).getFirst();
  }
}
