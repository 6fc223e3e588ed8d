package dev.sluice.migrations.engine;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.database.Destination;
import java.time.Duration;
import java.util.Optional;

/**
 * Which database to connect to, as whom, and how patiently.
 *
 * @param poll the pause between two attempts, at the database and at its lock
 * @param wrongPassword for how long a refused login is tried again: a password may be rotating
 * @param unreachable for how long a database that isn't there is tried again; none: to the deadline
 */
public record ConnectionRequest(
    Destination destination,
    CredentialSource credentials,
    Duration poll,
    Duration wrongPassword,
    Optional<Duration> unreachable) {
  public static final Duration POLL = Duration.ofSeconds(1);
  public static final Duration WRONG_PASSWORD = Duration.ofMinutes(2);
  private static final Duration A_MOMENT = Duration.ofMillis(1);
  private static final Duration IMPATIENT = Duration.ofSeconds(10);

  /** With the usual patience. */
  public ConnectionRequest(Destination destination, CredentialSource credentials) {
    this(destination, credentials, POLL, WRONG_PASSWORD, Optional.empty());
  }

  ConnectionRequest with(CredentialSource other) {
    return new ConnectionRequest(destination, other, poll, wrongPassword, unreachable);
  }

  /** For a person who looks on. */
  ConnectionRequest impatient() {
    return new ConnectionRequest(destination, credentials, poll, A_MOMENT, Optional.of(IMPATIENT));
  }
}
