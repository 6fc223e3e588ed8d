package dev.sluice.migrations.rehearsal.observation;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the schema's functions; which columns it uses, depends on its kind. */
record FactRow(
    String kind,
    long id,
    long number,
    TableFacts facts,
    int flags,
    String name,
    String detail,
    String extra) {
  static FactRow of(ResultSet rows) throws SQLException {
    var id = rows.getLong(2);
    var flags = rows.getInt(7);
    return new FactRow(
        rows.getString(1),
        id,
        rows.getLong(3),
        new TableFacts(id, rows.getLong(4), rows.getLong(5), rows.getLong(6), flags != 0),
        flags,
        rows.getString(8),
        rows.getString(9),
        rows.getString(10));
  }
}
