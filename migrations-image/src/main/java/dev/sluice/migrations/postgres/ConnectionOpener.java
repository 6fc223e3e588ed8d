package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Opens connections as pgjdbc's driver does, but without its search of all jars of the class path
 * for a file of defaults.
 */
final class ConnectionOpener {
  /** For a server that takes a connection and then says nothing. */
  private static final int PATIENCE_SECONDS = 20;

  private static final String UNREACHABLE = "08001";

  private ConnectionOpener() {}

  static Connection of(Address address, Properties properties) throws SQLException {
    var attempt = new CompletableFuture<Connection>();
    Thread.ofPlatform()
        .daemon()
        .name("connecting")
        .start(() -> {
          try {
            attempt.complete(opened(address, properties));
          } catch (SQLException | RuntimeException | Error e) {
            attempt.completeExceptionally(e);
          }
        });
    try {
      return attempt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException said ? said : new SQLException(e.getCause());
    } catch (TimeoutException _) {
      var _ = attempt.thenAccept(ConnectionOpener::close);
      throw new SQLException("the server doesn't answer", UNREACHABLE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      var _ = attempt.thenAccept(ConnectionOpener::close);
      throw new SQLException("interrupted while connecting", UNREACHABLE);
    }
  }

  private static Connection opened(Address address, Properties properties) throws SQLException {
    var all = new Properties();
    all.putAll(properties);
    PGProperty.PG_DBNAME.set(all, address.database());
    var host = new HostSpec(address.host(), address.port());
    return new PgConnection(new HostSpec[] {host}, all, address.url());
  }

  private static void close(Connection late) {
    try {
      late.close();
    } catch (SQLException _) {
      // nobody waits for it
    }
  }
}
