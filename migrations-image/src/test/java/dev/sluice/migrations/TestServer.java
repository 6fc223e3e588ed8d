package dev.sluice.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, one for all tests; each test takes a database of its own. */
public final class TestServer {
  public static final String USER = "postgres";

  /** Everybody is trusted but this one. */
  public static final String SCRAM_USER = "careful";

  public static final String SCRAM_PASSWORD = "canary-7f3a";

  /** So are its members not. */
  public static final String SCRAM_GROUP = "careful_ones";

  private static final TestServer SHARED = started();

  private final String host;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  /** One that runs already, and trusts everybody. */
  public TestServer(int port) {
    this("127.0.0.1", port);
  }

  public TestServer(String host, int port) {
    this.host = host;
    this.port = port;
  }

  public static TestServer shared() {
    return SHARED;
  }

  private static TestServer started() {
    try {
      var postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("hba_file", hba().toString())
              .setServerConfig("fsync", "off")
              .start();
      var server = new TestServer(postgres.getPort());
      server.isTheVersionThatIsAskedFor();
      server.execute(
          USER,
          "set password_encryption = 'scram-sha-256'; create role %s login password '%s'; create role %s"
              .formatted(SCRAM_USER, SCRAM_PASSWORD, SCRAM_GROUP));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isTheVersionThatIsAskedFor() {
    var asked = System.getProperty("sluice.postgres", "");
    try (var connection = connect(USER)) {
      var version = connection.getMetaData().getDatabaseProductVersion();
      if (!version.startsWith(asked)) {
        throw new IllegalStateException("PostgreSQL " + version + ", not " + asked);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path hba() throws IOException {
    var file = Files.createTempFile("pg_hba", ".conf");
    Files.writeString(
        file,
        """
        host all %s,+%s all scram-sha-256
        host all all all trust
        local all all trust
        """
            .formatted(SCRAM_USER, SCRAM_GROUP));
    file.toFile().deleteOnExit();
    return file;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public TestDatabase database() {
    var name = "db" + databases.incrementAndGet();
    execute(USER, "create database " + name);
    return new TestDatabase(this, name);
  }

  /** Doesn't ask for TLS first: to that question pgjdbc waits 5 s only. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?user=%s&sslmode=disable".formatted(host, port, database, USER));
  }

  void execute(String database, String sql) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
