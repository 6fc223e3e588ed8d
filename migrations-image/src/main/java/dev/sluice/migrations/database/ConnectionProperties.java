package dev.sluice.migrations.database;

import dev.sluice.migrations.credentials.Credentials;
import java.util.Properties;
import org.postgresql.PGProperty;

/** What pgjdbc is told beside the URL. */
record ConnectionProperties(Destination destination, Credentials credentials) {
  Properties get() {
    var properties = new Properties();
    PGProperty.USER.set(properties, credentials.username());
    PGProperty.PASSWORD.set(properties, credentials.password());
    PGProperty.APPLICATION_NAME.set(properties, destination.applicationName());
    PGProperty.CONNECT_TIMEOUT.set(properties, 10);
    PGProperty.LOGIN_TIMEOUT.set(properties, 20);
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 2);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    // no row data, no statements in messages
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    tls(properties);
    return properties;
  }

  /** As libpq has it, {@code require} with a CA file verifies the CA. */
  private void tls(Properties properties) {
    var file = destination.rootCertificates();
    var mode = destination.sslMode();
    var effective = mode == SslMode.REQUIRE && file != null ? SslMode.VERIFY_CA : mode;
    PGProperty.SSL_MODE.set(properties, effective.word());
    if (effective.verifies()) {
      PGProperty.SSL_FACTORY.set(properties, TrustedRoots.class.getName());
      if (file != null) {
        properties.setProperty(TrustedRoots.FILE, file.toString());
      }
    }
  }
}
