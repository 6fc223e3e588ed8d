package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A database that somebody keeps for rehearsals, empty or with rows like the real ones: in a copy
 * of it, which goes afterwards, or in itself where its user may make none.
 */
final class GivenDatabase implements RehearsalPlace, AutoCloseable {
  private final Credentials login;
  private final RunContext context;
  private String database;

  private GivenDatabase(Credentials login, RunContext context) {
    this.login = login;
    this.context = context;
    this.database = Objects.requireNonNullElse(login.database(), login.username());
  }

  static GivenDatabase of(CredentialSource url, RunContext context) throws CannotRehearseException {
    return new GivenDatabase(Sessions.login(url), context);
  }

  private String own() {
    return Objects.requireNonNullElse(login.database(), login.username());
  }

  /** It has the schemas that a run expects, or is made them. */
  @Override
  public Optional<String> make(List<String> schemas, boolean observed) throws SQLException {
    copy();
    try (var session = admin()) {
      for (var schema : schemas) {
        Sql.execute(session.connection(), "create schema if not exists " + Sql.quoted(schema));
      }
      return observed ? RehearsalPlace.observed(session) : Optional.empty();
    }
  }

  private void copy() throws SQLException {
    var copy = "sluice_rehearsal_" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    try (var session = admin()) {
      Sql.execute(
          session.connection(),
          "create database %s template %s".formatted(copy, Sql.quoted(own())));
      database = copy;
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("08")) {
        throw e;
      }
      context
          .events()
          .note("rehearsal: in %s itself, of which no copy can be made".formatted(own()));
    }
  }

  @Override
  public Session session(SessionSettings settings) throws SQLException {
    return session(database, settings);
  }

  private Session session(String name, SessionSettings settings) throws SQLException {
    var there =
        new Credentials(
            login.username(),
            login.password(),
            login.host(),
            login.port(),
            name,
            login.sslMode(),
            login.version());
    return Sessions.opened(there, settings, context);
  }

  @Override
  public Session admin() throws SQLException {
    return session(SessionSettings.DEFAULT);
  }

  @Override
  public List<String> stubs(Session session) {
    return List.of();
  }

  @Override
  public String role() {
    return login.username();
  }

  @Override
  public String where() {
    return ", database %s at %s".formatted(own(), login.host());
  }

  @Override
  public Optional<String> end() {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (database.equals(own())) {
      return;
    }
    try (var session = session(own(), SessionSettings.DEFAULT)) {
      Sql.execute(session.connection(), "drop database " + database);
    } catch (SQLException e) {
      context.events().warn("the copy %s stays: %s".formatted(database, e.getMessage()));
    }
  }
}
