package dev.sluice.authoring.proof;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.Column;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.migrations.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two rows for each table, whose values lie far apart and are the same for a type everywhere, so
 * that foreign keys fit.
 */
final class Seeds {
  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");

  /** Two values for what isn't numbers or texts of a length. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("smallint", List.of("1", "32000")),
          Map.entry("integer", List.of("1", "2000000000")),
          Map.entry("bigint", List.of("1", "9000000000000000000")),
          Map.entry("real", List.of("1.5", "2e30")),
          Map.entry("double precision", List.of("1.5", "2e300")),
          Map.entry("boolean", List.of("false", "true")),
          Map.entry("date", List.of("2001-01-01", "2101-12-31")),
          Map.entry(
              "timestamp without time zone", List.of("2001-01-01", "2101-12-31 23:59:59.999999")),
          Map.entry(
              "timestamp with time zone", List.of("2001-01-01Z", "2101-12-31 23:59:59.999999Z")),
          Map.entry("time without time zone", List.of("01:02:03", "23:59:59.999999")),
          Map.entry("interval", List.of("1 day", "999 years 1 second")),
          Map.entry(
              "uuid",
              List.of(
                  "00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff")),
          Map.entry("json", List.of("{}", "{\"a\": [1, \"x\"]}")),
          Map.entry("jsonb", List.of("{}", "{\"a\": [1, \"x\"]}")),
          Map.entry("bytea", List.of("\\x01", "\\xff00ff")),
          Map.entry("inet", List.of("10.0.0.1", "2001:db8::1")),
          Map.entry("cidr", List.of("10.0.0.0/8", "2001:db8::/32")),
          Map.entry(
              "text",
              List.of("seeded", "Zz, not a number, and longer than most: " + "x".repeat(300))),
          Map.entry("name", List.of("a", "z".repeat(60))));

  private Seeds() {}

  /** As a superuser; what can't be seeded has no rows. */
  static void plant(Connection superuser, Catalog catalog) throws SQLException {
    Sql.execute(superuser, "set session_replication_role = replica");
    for (var table : catalog.tables()) {
      if (!table.partition()) {
        for (var row = 0; row < 2; row++) {
          plant(superuser, catalog, table, row);
        }
      }
    }
    Sql.execute(superuser, "reset session_replication_role");
  }

  /** With all columns, else with those alone that have to have a value. */
  private static void plant(Connection superuser, Catalog catalog, Table table, int row)
      throws SQLException {
    if (!inserted(superuser, catalog, table, row, column -> true)) {
      inserted(superuser, catalog, table, row, column -> column.notNull() && !column.fillsItself());
    }
  }

  private static boolean inserted(
      Connection superuser, Catalog catalog, Table table, int row, Predicate<Column> wanted)
      throws SQLException {
    var columns =
        table.columns().stream()
            .filter(column -> !column.generated() && wanted.test(column))
            .toList();
    var names = columns.stream().map(c -> Sql.quoted(c.name())).collect(Collectors.joining(", "));
    var values = new ArrayList<String>();
    for (var column : columns) {
      values.add(literal(catalog, column, row));
    }
    var sql =
        columns.isEmpty()
            ? "insert into %s default values".formatted(table.name().sql())
            : "insert into %s (%s) overriding system value values (%s)"
                .formatted(table.name().sql(), names, String.join(", ", values));
    try {
      Sql.execute(superuser, sql);
      return true;
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("08")) {
        throw e;
      }
      return false;
    }
  }

  /** Null for a type that isn't known, and in the first row where that may be. */
  private static String literal(Catalog catalog, Column column, int row) {
    var value = value(catalog, column.type(), row);
    return value == null || (row == 0 && !column.notNull() && !column.fillsItself())
        ? "null"
        : "'" + value.replace("'", "''") + "'";
  }

  private static @Nullable String value(Catalog catalog, String type, int row) {
    if (type.endsWith("[]")) {
      var element = value(catalog, type.substring(0, type.length() - 2), row);
      return element == null
          ? "{}"
          : "{\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
    for (var known : catalog.enums()) {
      var labels = known.labels();
      if (known.isOf(type)) {
        return labels.isEmpty() ? null : row == 0 ? labels.getFirst() : labels.getLast();
      }
    }
    var length = LENGTH.matcher(type);
    var first = length.find() ? Integer.parseInt(length.group(1)) : 0;
    if (type.startsWith("character")) {
      return row == 0 || first == 0
          ? "seeded".substring(0, first == 0 ? 6 : Math.min(first, 6))
          : "x".repeat(Math.min(first, 300));
    }
    if (type.startsWith("numeric")) {
      return row == 0 ? "1" : number(first, length);
    }
    var base = length.replaceAll("");
    var values = VALUES.get(base);
    return values == null ? null : values.get(row);
  }

  /** With all digits that it may have. */
  private static String number(int digits, Matcher length) {
    if (digits == 0) {
      return "12345678901234567890.123456789";
    }
    var scale = length.group(2) == null ? 0 : Math.max(0, Integer.parseInt(length.group(2)));
    var whole = "9".repeat(Math.max(0, digits - scale));
    return (whole.isEmpty() ? "0" : whole) + (scale == 0 ? "" : "." + "7".repeat(scale));
  }
}
