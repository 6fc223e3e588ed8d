package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Sends text to the server as it is, as libpq and node-postgres do: in one message, not split, with
 * no question mark or bracket read into it. Transactions are the text's own affair.
 */
public final class SimpleQuery {
  private final Connection connection;

  public SimpleQuery(Session session) {
    this.connection = session.connection();
  }

  /** The server hears of it together with the first text: that is one message less. */
  public void begin() throws SQLException {
    connection.setAutoCommit(false);
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

  /**
   * Ends the transaction that is open, or else one of its own: these statements and the commit in
   * one message, of which the server leaves out what comes after one that fails. What is in {@code
   * then} comes after the commit.
   */
  public void commitWith(List<SqlPart> parts, Optional<SqlPart> then) throws SQLException {
    var all = new ArrayList<SqlPart>();
    if (!inTransaction()) {
      all.add(SqlPart.BEGIN);
    }
    all.addAll(parts);
    all.add(SqlPart.COMMIT);
    then.ifPresent(all::add);
    Sql.executeAll(connection, all);
    connection.setAutoCommit(true);
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
      connection.setAutoCommit(true);
    } catch (SQLException _) {
      // the session is lost, and its transaction with it
    }
  }
}
