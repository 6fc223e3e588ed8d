package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;

/**
 * Until it is closed the server refuses every write on the session. It holds because only the
 * runner's own queries are sent meanwhile: a text from elsewhere could turn it.
 */
public final class ReadOnly implements AutoCloseable {
  private static final String SETTING = "default_transaction_read_only";

  private final Session session;
  private final String before;

  private ReadOnly(Session session, String before) {
    this.session = session;
    this.before = before;
  }

  /** To be called, and to be closed, outside of a transaction. */
  public static ReadOnly on(Session session) throws SQLException {
    var before =
        Sql.rows(
                session.connection(), row -> row.getString(1), "select current_setting(?)", SETTING)
            .getFirst();
    set(session, "on");
    return new ReadOnly(session, before);
  }

  private static void set(Session session, String value) throws SQLException {
    Sql.rows(session.connection(), _ -> true, "select set_config(?, ?, false)", SETTING, value);
  }

  @Override
  public void close() throws SQLException {
    set(session, before);
  }
}
