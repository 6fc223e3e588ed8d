package dev.sluice.migrations.engine;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.database.Destination;
import java.time.Duration;

/**
 * Which database to connect to, as whom, and how patiently.
 *
 * @param poll the pause between two attempts, at the database and at its lock
 * @param wrongPassword for how long a refused login is tried again: a password may be rotating
 */
public record ConnectionRequest(
    Destination destination, CredentialSource credentials, Duration poll, Duration wrongPassword) {
  public static final Duration POLL = Duration.ofSeconds(1);
  public static final Duration WRONG_PASSWORD = Duration.ofMinutes(2);

  /** With the usual patience. */
  public ConnectionRequest(Destination destination, CredentialSource credentials) {
    this(destination, credentials, POLL, WRONG_PASSWORD);
  }

  ConnectionRequest with(CredentialSource other) {
    return new ConnectionRequest(destination, other, poll, wrongPassword);
  }
}
