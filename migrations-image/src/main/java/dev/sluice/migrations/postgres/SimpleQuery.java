package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Sends text to the server as it is, as libpq and node-postgres do: in one message, not split, with
 * no question mark or bracket read into it. Transactions are the text's own affair.
 */
public final class SimpleQuery {
  private static final int FLAGS =
      QueryExecutor.QUERY_ONESHOT
          | QueryExecutor.QUERY_NO_RESULTS
          | QueryExecutor.QUERY_SUPPRESS_BEGIN
          | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;

  private static final int BLOCK = 1 << 16;

  private final Connection connection;
  private final ServerNotices notices;
  private int completed;

  public SimpleQuery(Session session) {
    this(session, ServerNotices.NONE);
  }

  public SimpleQuery(Session session, ServerNotices notices) {
    this.connection = session.connection();
    this.notices = notices;
  }

  public void send(String text) throws SQLException {
    taken(answer(text));
  }

  private void taken(MessageAnswer answer) throws SQLException {
    completed = answer.completed();
    if (answer.error().isPresent()) {
      throw answer.error().get();
    }
  }

  /** How many statements of the last text that was sent the server has done. */
  public int completed() {
    return completed;
  }

  public void send(List<SqlPart> parts) throws SQLException {
    send(SqlPart.message(parts));
  }

  /** Sends a text of so many bytes of UTF-8, without holding it. */
  public void send(InputStream text, int size) throws SQLException {
    var executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    taken(StreamedQuery.answer(executor, text, size, () -> answer("")));
  }

  /** Sends {@code COPY … FROM STDIN}, and the lines that it takes, as UTF-8. */
  public void copyIn(String statement, InputStream lines) throws SQLException {
    var executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      var block = new byte[BLOCK];
      for (var read = lines.read(block); read > 0; read = lines.read(block)) {
        copy.writeToCopy(block, 0, read);
        // the driver collects them, and a trigger may say something of each row
        notices.said(executor.getWarnings());
      }
      copy.endCopy();
    } catch (IOException e) {
      throw new SQLException("the data can't be read", "58030", e);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
      notices.said(executor.getWarnings());
    }
  }

  /** In the transaction of the connection, which the driver begins unless it is in autocommit. */
  public void sendInTransaction(List<SqlPart> parts) throws SQLException {
    Sql.executeAll(connection, parts);
  }

  /** A failure is part of the answer. */
  public MessageAnswer answer(String text) throws SQLException {
    return answer(text, false, FLAGS);
  }

  /**
   * The same in the transaction of the connection, which begins unless it is in autocommit; and
   * with what JDBC has for dates and functions, in braces.
   */
  public MessageAnswer answerInTransaction(String text) throws SQLException {
    var flags = connection.getAutoCommit() ? FLAGS : FLAGS & ~QueryExecutor.QUERY_SUPPRESS_BEGIN;
    return answer(text, true, flags);
  }

  private MessageAnswer answer(String text, boolean braces, int flags) throws SQLException {
    var executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
    var usual = executor.getPreferQueryMode();
    var handler = new MessageAnswer.Handler(notices);
    executor.setPreferQueryMode(PreferQueryMode.SIMPLE);
    try {
      var query = executor.createQuery(text, braces, false).query;
      executor.execute(query, null, handler, 0, 0, flags);
      return handler.answer(Optional.empty());
    } catch (SQLException e) {
      return handler.answer(Optional.of(e));
    } finally {
      executor.setPreferQueryMode(usual);
    }
  }

  public boolean inTransaction() throws SQLException {
    return isInTransaction(connection);
  }

  /** As the server said last; no round trip. */
  public static boolean isInTransaction(Connection connection) throws SQLException {
    var state = connection.unwrap(BaseConnection.class).getTransactionState();
    return state != TransactionState.IDLE;
  }

  /** The server reads backslashes in strings as SQL's standard has it: as any other sign. */
  public boolean readsStringsByTheStandard() throws SQLException {
    return connection
        .unwrap(BaseConnection.class)
        .getQueryExecutor()
        .getStandardConformingStrings();
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
