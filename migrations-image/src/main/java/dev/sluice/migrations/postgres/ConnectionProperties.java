package dev.sluice.migrations.postgres;

import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.SslMode;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.postgres.socket.MonitoredSocketFactory;
import dev.sluice.migrations.postgres.tls.TlsSocketFactory;
import java.util.Properties;
import org.postgresql.PGProperty;

/** What pgjdbc is told beside the URL. */
record ConnectionProperties(String applicationName, TlsSettings tls, Credentials credentials) {
  Properties get() {
    var properties = new Properties();
    PGProperty.USER.set(properties, credentials.username());
    PGProperty.PASSWORD.set(properties, credentials.password());
    PGProperty.APPLICATION_NAME.set(properties, applicationName);
    // the name goes with the first message then, not in one of its own
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
    PGProperty.CONNECT_TIMEOUT.set(properties, 10);
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 2);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.SOCKET_FACTORY.set(properties, MonitoredSocketFactory.class.getName());
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    // no row data, no statements in messages
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    tls(properties);
    return properties;
  }

  private void tls(Properties properties) {
    var mode = tls.mode();
    PGProperty.SSL_MODE.set(properties, mode == null ? SslMode.VERIFY_FULL.word() : mode.word());
    PGProperty.SSL_FACTORY.set(properties, TlsSocketFactory.class.getName());
    TlsSocketFactory.tell(properties, tls);
  }
}
