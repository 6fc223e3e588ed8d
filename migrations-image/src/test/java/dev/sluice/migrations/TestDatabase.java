package dev.sluice.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One empty database. */
public record TestDatabase(TestServer server, String name) {
  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  public void execute(String sql) {
    server.execute(name, sql);
  }

  /** The first column, as text. */
  public List<String> query(String sql) {
    try (var connection = connect();
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
