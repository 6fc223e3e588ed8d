package dev.sluice.migrations.postgres;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Address;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Login;
import dev.sluice.migrations.database.LoginSource;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.postgres.tls.TlsFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGProperty;

/** Tries once to get a session, and tells what may pass from what won't. */
public final class Connector {
  private final Destination destination;
  private final LoginSource logins;
  private final RunEventSink events;
  private String version = "";

  public Connector(Destination destination, CredentialSource source, RunEventSink events) {
    this.destination = destination;
    this.logins = new LoginSource(destination, source);
    this.events = events;
  }

  public Attempt<Session> connect() {
    return logins.read().then(this::connect);
  }

  private Attempt<Session> connect(Login login) {
    var address = login.address();
    var credentials = login.credentials();
    noteVersion(credentials);
    var tls = destination.tls().with(login.sslMode());
    var properties =
        new ConnectionProperties(destination.applicationName(), tls, credentials).get();
    try {
      var connection = ConnectionOpener.of(address, properties);
      var answer =
          checked(connection, address, () -> ConnectionOpener.of(address, impatient(properties)));
      if (!(answer instanceof Attempt.Got)) {
        connection.close();
      }
      return answer;
    } catch (SQLException e) {
      return translated(e);
    }
  }

  private static Properties impatient(Properties properties) {
    var more = new Properties();
    more.putAll(properties);
    PGProperty.SOCKET_TIMEOUT.set(more, PoolerDetection.PATIENCE_SECONDS);
    return more;
  }

  private Attempt<Session> checked(
      Connection connection, Address address, PoolerDetection.Opener opener) throws SQLException {
    try {
      return setUp(connection, address, opener);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Attempt<Session> setUp(
      Connection connection, Address address, PoolerDetection.Opener opener) throws SQLException {
    var server = ServerProcess.of(connection);
    if (server.inRecovery()) {
      return notYet(Kind.UNREACHABLE, "the server is a replica or in recovery");
    }
    if (PoolerDetection.mixesSessions(connection, server.id(), opener)) {
      return failed(
          Kind.POOLER, "a pooler in transaction mode stands in front of the database: " + address);
    }
    var trouble = new SessionSetup(destination.session()).on(connection);
    return trouble.isPresent()
        ? new Attempt.Failed<>(trouble.get())
        : new Attempt.Got<>(new PostgresSession(connection, address));
  }

  /** Who answers on the other side. */
  private record ServerProcess(int id, boolean inRecovery) {
    static ServerProcess of(Connection connection) throws SQLException {
      return Sql.rows(
              connection,
              row -> new ServerProcess(row.getInt(1), row.getBoolean(2)),
              "select pg_backend_pid(), pg_is_in_recovery()")
          .getFirst();
    }
  }

  private static Attempt<Session> translated(SQLException e) {
    var tls = TlsFailures.in(e);
    if (tls.isPresent()) {
      return new Attempt.Failed<>(tls.get());
    }
    var said = ServerError.of(e);
    var state = said.sqlState();
    if (SqlStates.isAuthentication(state)) {
      return new Attempt.NotYet<>(new DatabaseProblem(Kind.AUTHENTICATION, said.message(), state));
    }
    if (SqlStates.mayPassWhileConnecting(state)) {
      return new Attempt.NotYet<>(new DatabaseProblem(Kind.UNREACHABLE, said.message(), state));
    }
    return new Attempt.Failed<>(new DatabaseProblem(Kind.FAILED, said.message(), state));
  }

  private void noteVersion(Credentials credentials) {
    var now = credentials.version();
    if (now != null && !now.equals(version)) {
      version = now;
      events.note("credentials from AWS Secrets Manager, version " + now);
    }
  }

  private static Attempt<Session> failed(Kind kind, String message) {
    return new Attempt.Failed<>(DatabaseProblem.of(kind, message));
  }

  private static Attempt<Session> notYet(Kind kind, String message) {
    return new Attempt.NotYet<>(DatabaseProblem.of(kind, message));
  }
}
