package dev.sluice.migrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Sends text to the server as it is, as libpq and node-postgres do: in one message, not split, with
 * no question mark or bracket read into it. Transactions are the text's own affair.
 */
public final class PlainSql {
  private final Connection connection;

  public PlainSql(Session session) {
    this.connection = session.connection();
  }

  public void send(String text) throws SQLException {
    var executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    var usual = executor.getPreferQueryMode();
    executor.setPreferQueryMode(PreferQueryMode.SIMPLE);
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    } finally {
      executor.setPreferQueryMode(usual);
    }
  }

  public boolean inTransaction() throws SQLException {
    var state = connection.unwrap(BaseConnection.class).getTransactionState();
    return state != TransactionState.IDLE;
  }

  /** Leaves the session outside of a transaction, if it is there still. */
  public void rollBack() {
    try {
      if (inTransaction()) {
        send("rollback");
      }
    } catch (SQLException _) {
      // the session is lost, and its transaction with it
    }
  }
}
