package dev.sluice.migrations.rehearsal;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A server from the folder that the build makes, on a copy of its data, under a uid without a name.
 */
final class BinariesServer implements AutoCloseable {
  static final Path HOME = Path.of("target/postgres").toAbsolutePath();

  private static final int NAMELESS = 12345;
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final int port;
  private final Process process;
  private final Duration started;

  private BinariesServer(Path folder, int port, Process process, Duration started) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.started = started;
  }

  static BinariesServer start(int major) throws IOException {
    var folder = Files.createTempDirectory("sluice-binaries");
    mode(folder, "rwxr-xr-x");
    var data = folder.resolve("data");
    var begun = Instant.now();
    copy(HOME.resolve(major + "/data"), data);
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
    hand(data);
    var port = freePort();
    var process = launch(major, data, port);
    awaitReady(data, process);
    return new BinariesServer(folder, port, process, Duration.between(begun, Instant.now()));
  }

  private static Process launch(int major, Path data, int port) throws IOException {
    var words = new ArrayList<String>();
    if (ROOT) {
      words.addAll(
          List.of("setpriv", "--reuid=" + NAMELESS, "--regid=" + NAMELESS, "--clear-groups"));
    }
    words.addAll(List.of(HOME.resolve(major + "/bin/postgres").toString(), "-D", data.toString()));
    words.addAll(List.of("-k", data.toString(), "-p", String.valueOf(port)));
    Stream.of(
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "shared_buffers=16MB",
            "dynamic_shared_memory_type=mmap")
        .forEach(setting -> words.addAll(List.of("-c", setting)));
    var builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling("log").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("LD_LIBRARY_PATH", HOME.resolve("lib").toString()));
    return builder.start();
  }

  private static void awaitReady(Path data, Process process) throws IOException {
    var pidFile = data.resolve("postmaster.pid");
    Awaitility.await("the server is ready")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            !process.isAlive()
                || (Files.exists(pidFile) && Files.readString(pidFile).contains("\nready")));
    if (!process.isAlive()) {
      throw new IllegalStateException(log(data.resolveSibling("")));
    }
  }

  /** How long copy and start took. */
  Duration started() {
    return started;
  }

  String log() throws IOException {
    return log(folder);
  }

  Connection connect(String database, String user) throws SQLException {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    return DriverManager.getConnection(url, user, "");
  }

  List<String> query(String database, String user, String sql) throws SQLException {
    try (var connection = connect(database, user);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  void execute(String database, String user, String... statements) throws SQLException {
    try (var connection = connect(database, user);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    // SIGTERM lets it wait for clients, of which there are none
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    try (var files = Files.walk(folder)) {
      for (var file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  private static String log(Path folder) throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    mode(to, "rwx------");
  }

  private static void hand(Path data) throws IOException {
    if (!ROOT) {
      return;
    }
    try (var files = Files.walk(data)) {
      for (var file : files.toList()) {
        Files.setAttribute(file, "unix:uid", NAMELESS);
      }
    }
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
