package dev.sluice.migrations.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of history, of which every row has to be seen. */
final class WholeTable {
  private WholeTable() {}

  static boolean exists(Connection connection, String qualifiedTable) throws SQLException {
    return !existing(connection, List.of(qualifiedTable)).isEmpty();
  }

  /**
   * Those of the tables that are there. Refuses one of which row-level security hides rows: they
   * would be taken for missing.
   */
  static Set<String> existing(Connection connection, List<String> qualifiedTables)
      throws SQLException {
    record Found(String table, boolean hidesRows) {}
    var found =
        Sql.rows(
            connection,
            row -> new Found(row.getString(1), row.getBoolean(2)),
            """
            select name, hidden
              from (select name, row_security_active(to_regclass(name)) as hidden
                      from unnest(?::text[]) name) tables
             where hidden is not null
            """,
            (Object) qualifiedTables.toArray(String[]::new));
    for (var table : found) {
      if (table.hidesRows()) {
        throw new SQLException(
            "row-level security hides rows of "
                + table.table()
                + " from this role, which would run again what they name: take it off the table,"
                + " or give the role BYPASSRLS",
            SqlStates.NO_RIGHT);
      }
    }
    return found.stream().map(Found::table).collect(Collectors.toSet());
  }
}
