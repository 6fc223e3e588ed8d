package dev.sluice.migrations.postgres;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.SessionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Puts the settings on a fresh connection. */
record SessionSetup(SessionSettings settings) {
  private static final String LIMITS =
      """
      select set_config('lock_timeout', ?, false), set_config('statement_timeout', ?, false),
             set_config('idle_in_transaction_session_timeout', '0', false)
      """;

  /** So that a dead runner's statement is cancelled, and its lock freed, within 30 s. */
  private static final String SIGNS_OF_LIFE =
      """
      select set_config(name, wanted, false)
        from (values ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'),
                     ('tcp_keepalives_count', '3'), ('tcp_user_timeout', '25000'),
                     ('client_connection_check_interval', '500')) wish (name, wanted)
        join pg_settings using (name)
      """;

  /** Empty when all is set; else why not. */
  Optional<DatabaseProblem> on(Connection connection) throws SQLException {
    limits(connection);
    searchPath(connection);
    return role(connection);
  }

  private void searchPath(Connection connection) throws SQLException {
    if (!settings.searchPath().isEmpty()) {
      Sql.rows(
          connection,
          _ -> true,
          "select set_config('search_path', ?, false)",
          settings.searchPath().stream().map(Sql::quoted).collect(joining(", ")));
    }
  }

  /** Some platforms refuse a sign of life; the run works without. */
  private void limits(Connection connection) throws SQLException {
    var limits =
        SqlPart.of(
            LIMITS,
            settings.lockTimeout().toMillis() + "ms",
            settings.statementTimeout().toMillis() + "ms");
    try {
      Sql.executeAll(connection, List.of(limits, SqlPart.of(SIGNS_OF_LIFE)));
    } catch (SQLException e) {
      if (SqlStates.mayPass(ServerError.of(e).sqlState())) {
        throw e;
      }
      Sql.executeAll(connection, List.of(limits));
    }
  }

  private Optional<DatabaseProblem> role(Connection connection) throws SQLException {
    var role = settings.role();
    if (role == null) {
      return Optional.empty();
    }
    try {
      Sql.execute(connection, "set role " + Sql.quoted(role));
      return Optional.empty();
    } catch (SQLException e) {
      var said = ServerError.of(e);
      if (said.mayPass()) {
        throw e;
      }
      return Optional.of(
          new DatabaseProblem(DatabaseProblem.Kind.ROLE, said.message(), said.sqlState()));
    }
  }
}
