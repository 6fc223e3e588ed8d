package dev.sluice.migrations.database;

import dev.sluice.migrations.credentials.Credentials;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where to connect, as far as it is configured: a secret or URL may say the rest. */
public record Destination(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    TlsSettings tls,
    String applicationName,
    SessionSettings session) {
  private static final int USUAL_PORT = 5432;

  /** What is configured wins over what the secret says. */
  Attempt<Address> address(Credentials credentials) {
    var host = Objects.requireNonNullElse(this.host, Objects.toString(credentials.host(), ""));
    var database =
        Objects.requireNonNullElse(this.database, Objects.toString(credentials.database(), ""));
    var port = this.port != null ? this.port : credentials.port();
    var number = port == null ? USUAL_PORT : port;
    var missing = new ArrayList<String>();
    if (host.isEmpty()) {
      missing.add("host (PGHOST, or host in the AWS secret or URL)");
    }
    if (database.isEmpty()) {
      missing.add("database (PGDATABASE, or dbname in the AWS secret or URL)");
    }
    if (!missing.isEmpty()) {
      return failed("missing: " + String.join("; ", missing));
    }
    if (!Address.isHost(host) || !Address.isPort(number) || !Address.isDatabase(database)) {
      return failed("the secret's host, port or database is not an address of a database");
    }
    return new Attempt.Got<>(new Address(host, number, database));
  }

  /** Empty when the URL names a mode that there isn't. */
  Optional<SslMode> sslMode(Credentials credentials) {
    if (tls.mode() != null) {
      return Optional.of(tls.mode());
    }
    var word = credentials.sslMode();
    return word == null ? Optional.of(SslMode.VERIFY_FULL) : SslMode.of(word);
  }

  private static Attempt<Address> failed(String message) {
    return new Attempt.Failed<>(DatabaseProblem.of(DatabaseProblem.Kind.SECRET_INVALID, message));
  }
}
