package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.engine.RunContext;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A server beside the run that trusts whoever reaches it, as one of an image of the user's in the
 * same pod.
 *
 * @param superuser as its URL says, and where it is
 */
record SidecarServer(Credentials superuser, RunContext context) implements RehearsalServer {
  static SidecarServer of(CredentialSource url, RunContext context) throws CannotRehearseException {
    return new SidecarServer(Sessions.login(url), context);
  }

  /** Waits for it: it starts when the run does. */
  int major() throws CannotRehearseException {
    try (var session = ready()) {
      return session.connection().getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw CannotRehearseException.thisTime("its server: " + e.getMessage());
    }
  }

  @Override
  public Session ready() throws SQLException {
    return admin("template1"); // every other may have the name of the one that is made
  }

  @Override
  public Session admin(String database) throws SQLException {
    return session(database, superuser.username(), SessionSettings.DEFAULT);
  }

  @Override
  public Session session(String database, String role, SessionSettings settings)
      throws SQLException {
    var login =
        new Credentials(
            role,
            superuser.password(),
            superuser.host(),
            superuser.port(),
            database,
            superuser.sslMode(),
            null);
    return Sessions.opened(login, settings, context);
  }

  @Override
  public Optional<String> end() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
