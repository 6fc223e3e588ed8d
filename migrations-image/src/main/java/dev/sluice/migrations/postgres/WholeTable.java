package dev.sluice.migrations.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A table of history, of which every row has to be seen. */
final class WholeTable {
  private WholeTable() {}

  /** Refuses one of which row-level security hides rows: they would be taken for missing. */
  static boolean exists(Connection connection, String qualifiedTable) throws SQLException {
    var hidesRows =
        Sql.rows(
                connection,
                row -> Optional.ofNullable(row.getObject(1, Boolean.class)),
                "select row_security_active(to_regclass(?))",
                qualifiedTable)
            .getFirst();
    if (hidesRows.orElse(false)) {
      throw new SQLException(
          "row-level security hides rows of "
              + qualifiedTable
              + " from this role, which would run again what they name: take it off the table, or"
              + " give the role BYPASSRLS",
          SqlStates.NO_RIGHT);
    }
    return hidesRows.isPresent();
  }
}
