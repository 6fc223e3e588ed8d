package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;

/** Search path and role, to be put back after a migration that changed them. */
public record SessionState(String searchPath, String role) {
  public static SessionState of(Session session) throws SQLException {
    return Sql.rows(
            session.connection(),
            row -> new SessionState(row.getString(1), row.getString(2)),
            "select current_setting('search_path'), current_setting('role')")
        .getFirst();
  }

  public SqlPart putBack() {
    return SqlPart.of(
        "select set_config('search_path', ?, false), set_config('role', ?, false)",
        searchPath,
        role);
  }
}
