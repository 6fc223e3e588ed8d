package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Address;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.postgres.socket.UnixSocketFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGProperty;

/** Opens sessions on a server of one's own, by its socket in the file system and without login. */
public final class SocketConnector {
  /** As the server names its socket, {@code .s.PGSQL.5432}. */
  public static final int PORT = 5432;

  private final Path folder;
  private final int port;

  public SocketConnector(Path folder) {
    this(folder, PORT);
  }

  /** Of a server that listens on a port as well, which its socket is named by. */
  public SocketConnector(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public Session session(String database, String user, SessionSettings settings)
      throws SQLException {
    var properties = new Properties();
    PGProperty.USER.set(properties, user);
    PGProperty.APPLICATION_NAME.set(properties, "sluice rehearsal");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
    PGProperty.SSL_MODE.set(properties, "disable");
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.SOCKET_FACTORY.set(properties, UnixSocketFactory.class.getName());
    PGProperty.SOCKET_FACTORY_ARG.set(
        properties, folder.resolve(".s.PGSQL." + port).toAbsolutePath().toString());
    var address = new Address("localhost", PORT, database);
    var connection = ConnectionOpener.of(address, properties);
    try {
      var trouble = new SessionSetup(settings).on(connection);
      if (trouble.isPresent()) {
        throw new SQLException(trouble.get().message(), trouble.get().sqlState());
      }
      return new PostgresSession(connection, address);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
