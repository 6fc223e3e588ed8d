package dev.sluice.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One empty database. */
public record TestDatabase(TestServer server, String name) {
  private static final String WITH_LEDGERS =
      "select set_config('search_path', current_setting('search_path') || ', sluice', false)";

  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** What it doesn't find in the usual schemas is in that of the folders' ledgers. */
  private Connection withLedgers() throws SQLException {
    var connection = connect();
    try (var statement = connection.createStatement()) {
      statement.execute(WITH_LEDGERS);
    }
    return connection;
  }

  public void execute(String sql) {
    try (var connection = withLedgers();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column, as text. */
  public List<String> query(String sql) {
    try (var connection = withLedgers();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(String.valueOf(rows.getString(1)));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean has(String relation) {
    return query("select to_regclass('" + relation + "') is not null").equals(List.of("t"));
  }
}
