package dev.sluice.authoring.proof;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.Column;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.migrations.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values of all columns, by what stays with a column whatever it is called. */
final class ColumnValues {
  private record Key(long table, int column) {}

  private final Catalog catalog;
  private final Map<Key, List<String>> values;

  private ColumnValues(Catalog catalog, Map<Key, List<String>> values) {
    this.catalog = catalog;
    this.values = values;
  }

  static ColumnValues of(Connection connection, Catalog catalog) throws SQLException {
    var values = new HashMap<Key, List<String>>();
    for (var table : catalog.tables()) {
      for (var column : table.columns()) {
        values.put(
            new Key(table.oid(), column.number()),
            read(connection, table, Sql.quoted(column.name()) + "::text"));
      }
    }
    return new ColumnValues(catalog, values);
  }

  private static List<String> read(Connection connection, Table table, String expression)
      throws SQLException {
    return Sql.rows(
            connection,
            row -> String.valueOf(row.getString(1)),
            "select %s from %s".formatted(expression, table.name().sql()))
        .stream()
        .sorted()
        .toList();
  }

  /**
   * The columns that are still there and have other values, each with the type that it has now; and
   * tables that have fewer or more rows, with nothing.
   */
  Map<ObjectName, String> changedIn(Connection connection, Catalog after) throws SQLException {
    var changed = new TreeMap<ObjectName, String>();
    for (var table : catalog.tables()) {
      var now = after.table(table.oid());
      if (now.isEmpty()) {
        continue;
      }
      for (var column : table.columns()) {
        var same = now.get().column(column.number());
        if (same.isPresent() && !column.generated()) {
          var before = values.getOrDefault(new Key(table.oid(), column.number()), List.of());
          var read = readAs(connection, now.get(), same.get(), column, before);
          if (!before.equals(read) && !respelt(before, column, after).equals(read)) {
            changed.put(table.name().with(column.name()), same.get().type());
          }
        }
      }
    }
    return changed;
  }

  /** With the labels of an enumeration as they are later. */
  private List<String> respelt(List<String> values, Column column, Catalog after) {
    return catalog.enums().stream()
        .filter(type -> type.isOf(column.type()))
        .findFirst()
        .flatMap(type -> after.enumLike(type).map(type::spelling))
        .map(spelling -> values.stream().map(v -> spelling.getOrDefault(v, v)).sorted().toList())
        .orElse(values);
  }

  /** As they are now, else as they are when they are made what they were. */
  private static List<String> readAs(
      Connection connection, Table table, Column now, Column column, List<String> before)
      throws SQLException {
    var name = Sql.quoted(now.name());
    var read = read(connection, table, name + "::text");
    if (read.equals(before) || now.type().equals(column.type())) {
      return read;
    }
    try {
      return read(connection, table, "%s::%s::text".formatted(name, column.type()));
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("08")) {
        throw e;
      }
      return read;
    }
  }
}
