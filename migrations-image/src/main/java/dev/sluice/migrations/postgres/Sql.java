package dev.sluice.migrations.postgres;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short statements with parameters. */
public final class Sql {
  @FunctionalInterface
  public interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private Sql() {}

  public static <T> List<T> rows(
      Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = prepared(connection, sql, parameters);
        var rows = statement.executeQuery()) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(row.of(rows));
      }
      return all;
    }
  }

  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = prepared(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Several statements at once, without parameters. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** In one message. */
  static void executeAll(Connection connection, List<SqlPart> parts) throws SQLException {
    var sql = parts.stream().map(SqlPart::sql).collect(joining(";\n"));
    var parameters = parts.stream().flatMap(part -> part.parameters().stream()).toArray();
    try (var statement = prepared(connection, sql, parameters)) {
      statement.execute();
    }
  }

  public static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
