package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.postgres.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away server with an empty database, which any program of this machine can connect to: on
 * a free port of the loopback address, by a password of its own.
 *
 * @param password of the role that owns the database, and is an ordinary one
 */
public record DevServer(ThrowawayServer server, int major, int port, String password)
    implements AutoCloseable {
  public static final String DATABASE = "dev";
  private static final int BYTES = 12;

  /** It ends with the thread that calls this. */
  public static DevServer starting(PostgresHome home, @Nullable Integer major, Stop stop)
      throws CannotRehearseException, SQLException {
    var majors = home.majors();
    if (majors.isEmpty()) {
      throw CannotRehearseException.unsupported(home.lacking(0).orElseThrow());
    }
    var wanted = major != null ? major : majors.getLast();
    var port = freePort();
    var scratch = Path.of(System.getProperty("java.io.tmpdir"));
    var server = ThrowawayServer.listening(home, wanted, scratch, stop, port);
    try (var admin = server.ready()) {
      var bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      var password = HexFormat.of().formatHex(bytes);
      Sql.execute(
          admin.connection(),
          "create role %s login createdb createrole password '%s'"
              .formatted(Sql.quoted(OwnRehearsal.ROLE), password));
      Sql.execute(
          admin.connection(),
          "create database %s owner %s"
              .formatted(Sql.quoted(DATABASE), Sql.quoted(OwnRehearsal.ROLE)));
      return new DevServer(server, wanted, port, password);
    } catch (SQLException | CannotRehearseException e) {
      server.close();
      server.awaitEnd();
      throw e;
    }
  }

  private static int freePort() throws CannotRehearseException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw CannotRehearseException.thisTime("there is no free port: " + e.getMessage());
    }
  }

  /** With its password. */
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(OwnRehearsal.ROLE, password, port, DATABASE);
  }

  /** The same in libpq's variables. */
  public Map<String, String> libpq() {
    return Map.of(
        "PGHOST",
        "127.0.0.1",
        "PGPORT",
        String.valueOf(port),
        "PGUSER",
        OwnRehearsal.ROLE,
        "PGPASSWORD",
        password,
        "PGDATABASE",
        DATABASE,
        "PGSSLMODE",
        "disable");
  }

  /** Why it ended, if it did. */
  public Optional<String> end() {
    return server.end();
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "DevServer[" + port + "]";
  }

  /** Waits until it has ended and its folder is gone. */
  @Override
  public void close() {
    server.close();
    server.awaitEnd();
  }
}
