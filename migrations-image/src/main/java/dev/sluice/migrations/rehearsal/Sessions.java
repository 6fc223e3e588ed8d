package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.engine.ConnectionRequest;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.postgres.Connector;
import java.sql.SQLException;
import java.util.Objects;

/** Sessions on a server that isn't ours. */
final class Sessions {
  private static final TlsSettings AS_THE_URL_SAYS = new TlsSettings(null, null, null);

  private Sessions() {}

  static Credentials login(CredentialSource url) throws CannotRehearseException {
    return switch (url.read()) {
      case Reading.Found(var found) -> found;
      case Reading.KeyMissing(var why) -> throw CannotRehearseException.forGood(why);
      case Reading.Invalid(var why) -> throw CannotRehearseException.forGood(why);
      case Reading.Refused(var why) -> throw CannotRehearseException.forGood(why);
      case Reading.NoIdentity(var why) -> throw CannotRehearseException.forGood(why);
      case Reading.Unavailable(var why) -> throw CannotRehearseException.thisTime(why);
    };
  }

  /** Waits until the server answers, or the run's deadline. */
  static Session opened(Credentials login, SessionSettings settings, RunContext context)
      throws SQLException {
    var where = new Destination(null, null, null, AS_THE_URL_SAYS, "sluice rehearsal", settings);
    var connector = new Connector(where, () -> new Reading.Found(login), context.events());
    var patience =
        new Patience(
            context.stop(),
            context.events(),
            ConnectionRequest.POLL,
            ConnectionRequest.WRONG_PASSWORD);
    return switch (patience.until(connector::connect)) {
      case Attempt.Got<Session>(var session) -> session;
      case Attempt.NotYet<Session>(var trouble) -> throw thrown(trouble);
      case Attempt.Failed<Session>(var trouble) -> throw thrown(trouble);
      case Attempt.Stopped<Session>(_, var trouble) -> throw thrown(trouble);
    };
  }

  private static SQLException thrown(DatabaseProblem trouble) {
    return new SQLException(
        trouble.message(), Objects.requireNonNullElse(trouble.sqlState(), "08001"));
  }
}
