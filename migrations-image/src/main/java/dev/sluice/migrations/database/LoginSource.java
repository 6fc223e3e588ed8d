package dev.sluice.migrations.database;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.DatabaseProblem.Kind;

/** Where to connect and as whom; read again at every attempt. */
public record LoginSource(Destination destination, CredentialSource source) {
  public Attempt<Login> read() {
    return switch (source.read()) {
      case Reading.Found(var credentials) -> login(credentials);
      case Reading.KeyMissing(var message) -> failed(Kind.SECRET_KEY, message);
      case Reading.Invalid(var message) -> failed(Kind.SECRET_INVALID, message);
      case Reading.Refused(var message) -> failed(Kind.SECRET_REFUSED, message);
      case Reading.NoIdentity(var message) -> failed(Kind.NO_IDENTITY, message);
      case Reading.Unavailable(var message) ->
          new Attempt.NotYet<>(DatabaseProblem.of(Kind.SECRET_UNAVAILABLE, message));
    };
  }

  private Attempt<Login> login(Credentials credentials) {
    if (holdsNul(credentials.username()) || holdsNul(credentials.password())) {
      return failed(Kind.SECRET_INVALID, "user name or password holds a NUL character");
    }
    return destination.address(credentials).then(address -> login(address, credentials));
  }

  private Attempt<Login> login(Address address, Credentials credentials) {
    var mode = destination.sslMode(credentials);
    return mode.isEmpty()
        ? failed(Kind.SECRET_INVALID, "the URL's sslmode must be " + SslMode.WORDS)
        : new Attempt.Got<>(new Login(address, mode.get(), credentials));
  }

  /** In the first message to a server it would begin another parameter. */
  private static boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static Attempt<Login> failed(Kind kind, String message) {
    return new Attempt.Failed<>(DatabaseProblem.of(kind, message));
  }
}
