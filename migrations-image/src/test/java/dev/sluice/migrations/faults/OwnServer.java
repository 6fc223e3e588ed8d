package dev.sluice.migrations.faults;

import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL that a test may stop, of the version of the shared one. */
final class OwnServer implements AutoCloseable {
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path bin;
  private final Path data;
  private final List<String> by;
  private final TestServer server;

  private OwnServer(Path bin, Path data, List<String> by, TestServer server) {
    this.bin = bin;
    this.data = data;
    this.by = List.copyOf(by);
    this.server = server;
  }

  /** Listens on all addresses, and trusts everybody. */
  static OwnServer started(Path folder, String... settings) {
    return started(folder, List.of(), "127.0.0.1", settings);
  }

  /** The only way to it is the namespace's wire. */
  static OwnServer within(Namespace namespace, Path folder, String... settings) {
    return started(folder, namespace.by(), namespace.inside(), settings);
  }

  private static OwnServer started(Path folder, List<String> by, String host, String... settings) {
    var bin =
        TestServer.shared()
            .database()
            .query("select setting from pg_config where name = 'BINDIR'")
            .getFirst();
    var server = new TestServer(host, freePort());
    var own = new OwnServer(Path.of(bin), folder.resolve("data"), by, server);
    own.pg("initdb", "-A", "trust", "-N", "-U", TestServer.USER);
    own.set("port = " + server.port(), "fsync = off", "listen_addresses = '*'");
    own.set("unix_socket_directories = '" + folder + "'");
    own.set(settings);
    own.allow("host all all all trust");
    own.start();
    return own;
  }

  TestServer server() {
    return server;
  }

  /** Until the next start. */
  void set(String... settings) {
    append("postgresql.conf", settings);
  }

  private void allow(String rule) {
    append("pg_hba.conf", rule);
  }

  private void append(String file, String... lines) {
    try {
      Files.write(data.resolve(file), List.of(lines), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    pg("pg_ctl", "start", "-w", "-t", "120", "-l", data + ".log");
  }

  /** {@code fast} ends every session, {@code immediate} is a crash. */
  void stop(String mode) {
    pg("pg_ctl", "stop", "-w", "-t", "120", "-m", mode);
  }

  /** It starts as a replica of nobody, until it is promoted. */
  void demote() {
    try {
      Files.createFile(data.resolve("standby.signal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void promote() {
    pg("pg_ctl", "promote", "-w", "-t", "120");
  }

  /** The server refuses to run as root, so it is given a user namespace in which it isn't. */
  private void pg(String program, String... arguments) {
    var words = new ArrayList<>(by);
    if (ROOT) {
      words.addAll(List.of("unshare", "-U"));
    }
    words.addAll(List.of(bin.resolve(program).toString(), "-D", data.toString()));
    words.addAll(List.of(arguments));
    Command.run(words.toArray(String[]::new));
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (Files.exists(data.resolve("postmaster.pid"))) {
      stop("immediate");
    }
  }
}
