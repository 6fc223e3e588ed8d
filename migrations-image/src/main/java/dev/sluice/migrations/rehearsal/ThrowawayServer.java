package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.postgres.SocketConnector;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An empty PostgreSQL in a folder of its own, with a socket in it and nothing else to connect to.
 * It doesn't wait for disks: what it holds is thrown away.
 */
final class ThrowawayServer implements RehearsalServer {
  private static final String FIRST = "template1";
  private static final String SUPERUSER = "sluice_rehearsal";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** In words that follow {@code -c}. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=",
          "unix_socket_permissions=0700",
          "max_connections=20",
          // as many locks in all as a server with more connections has
          "max_locks_per_transaction=1024",
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off",
          "autovacuum=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_logical_replication_workers=0",
          // a transaction that made a table goes through all of them
          "shared_buffers=4MB",
          "dynamic_shared_memory_type=mmap",
          "jit=off",
          "lc_messages=C",
          "log_min_messages=warning",
          "log_min_error_statement=panic");

  /** Of one that stays up for a while, and that others use; these win. */
  private static final List<String> LISTENING =
      List.of(
          "listen_addresses=127.0.0.1",
          "max_connections=100",
          "autovacuum=on",
          "shared_buffers=32MB");

  /** Only who may look into its folder gets in without a password. */
  private static final String WHO =
      "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";

  /** Since 18, which has processes of its own for it otherwise. */
  private static final String NO_READERS = "io_method=sync";

  private static final int HAS_READERS = 18;

  private final Path folder;
  private final Process process;
  private final int port;
  private final SocketConnector connector;
  private final Stop stop;
  private final Thread hook;
  private volatile @Nullable Thread ending;

  private ThrowawayServer(Path folder, Process process, int port, Stop stop) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    this.stop = stop;
    this.connector = new SocketConnector(folder, port);
    this.hook = Thread.ofPlatform().unstarted(this::killed);
  }

  /**
   * It ends with the thread that calls this.
   *
   * @param scratch where its folder is made
   * @param stop ends the waiting for it
   * @param stays may be left up
   */
  static ThrowawayServer starting(
      PostgresHome home, int major, Path scratch, Stop stop, boolean stays)
      throws CannotRehearseException {
    return starting(home, major, scratch, stop, stays, Optional.empty());
  }

  /** The same, for programs of this machine too, which have to know a password. */
  static ThrowawayServer listening(PostgresHome home, int major, Path scratch, Stop stop, int port)
      throws CannotRehearseException {
    return starting(home, major, scratch, stop, false, Optional.of(port));
  }

  private static ThrowawayServer starting(
      PostgresHome home,
      int major,
      Path scratch,
      Stop stop,
      boolean stays,
      Optional<Integer> listens)
      throws CannotRehearseException {
    var lacking = home.lacking(major);
    if (lacking.isPresent()) {
      throw CannotRehearseException.unsupported(lacking.get());
    }
    var space = ScratchSpace.in(scratch);
    try {
      space.copied(home.data(major), "data");
      if (listens.isPresent()) {
        Files.writeString(space.folder().resolve("data/pg_hba.conf"), WHO);
      }
      var port = listens.orElse(SocketConnector.PORT);
      var settings = listens.isPresent() ? LISTENING : List.<String>of();
      var process = process(home, major, space.folder(), port, settings, space.launcher(stays));
      var server = new ThrowawayServer(space.folder(), process, port, stop);
      server.addHook();
      return server;
    } catch (IOException e) {
      space.delete();
      throw CannotRehearseException.thisTime("PostgreSQL can't be started: " + reason(e));
    } catch (CannotRehearseException e) {
      space.delete();
      throw e;
    }
  }

  /** Without the names of files, if there is one. */
  private static String reason(IOException thrown) {
    return thrown instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : String.valueOf(thrown.getMessage());
  }

  private static Process process(
      PostgresHome home, int major, Path folder, int port, List<String> more, List<String> as)
      throws IOException {
    var command = new ArrayList<>(as);
    command.add(home.program(major).toAbsolutePath().toString());
    command.addAll(List.of("-D", folder.resolve("data").toString()));
    command.addAll(List.of("-k", folder.toString(), "-p", String.valueOf(port)));
    for (var setting : Stream.concat(SETTINGS.stream(), more.stream()).toList()) {
      command.addAll(List.of("-c", setting));
    }
    if (major >= HAS_READERS) {
      command.addAll(List.of("-c", NO_READERS));
    }
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    // nothing of what this program was told, passwords among it
    builder.environment().clear();
    builder.environment().put("LD_LIBRARY_PATH", home.libraries().toAbsolutePath().toString());
    builder.environment().put("TZ", "UTC");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(log(folder).toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private static Path log(Path folder) {
    return folder.resolve("log");
  }

  @Override
  public Session ready() throws CannotRehearseException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return admin(FIRST);
      } catch (SQLException e) {
        var ended = end();
        if (stop.cause().isPresent()) {
          throw CannotRehearseException.stopped();
        }
        if (ended.isPresent() || System.nanoTime() > until) {
          var why = ended.orElse("it doesn't answer: " + e.getMessage());
          throw CannotRehearseException.thisTime("PostgreSQL doesn't start: " + why);
        }
        if (!stop.sleep(PAUSE)) {
          throw CannotRehearseException.stopped();
        }
      }
    }
  }

  @Override
  public Session admin(String database) throws SQLException {
    return connector.session(database, SUPERUSER, SessionSettings.DEFAULT);
  }

  @Override
  public Session session(String database, String role, SessionSettings settings)
      throws SQLException {
    return connector.session(database, role, settings);
  }

  @Override
  public Optional<String> end() {
    return new ServerLog(log(folder)).end(process);
  }

  /** What a person would connect to. */
  String url(String database, String role) {
    return "postgresql://%s@/%s?host=%s".formatted(encoded(role), encoded(database), folder);
  }

  /** As its superuser, in libpq's variables. */
  Map<String, String> libpq(String database) {
    return Map.of(
        "PGHOST",
        folder.toString(),
        "PGPORT",
        String.valueOf(port),
        "PGUSER",
        SUPERUSER,
        "PGDATABASE",
        database);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Path folder() {
    return folder;
  }

  /** It goes on after this program, until somebody ends it. */
  long left() {
    removeHook();
    return process.pid();
  }

  /** Sessions must be closed before: it waits for them. Comes back at once. */
  @Override
  public void close() {
    ending = Thread.ofPlatform().name("rehearsal server's end").start(this::stopped);
  }

  /** After {@link #close}: until the server has ended and its folder is gone. */
  void awaitEnd() {
    try {
      if (ending != null) {
        ending.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopped() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
    }
    new ScratchSpace(folder).delete();
    removeHook();
  }

  /** With sessions on it, for which it would wait. */
  private void killed() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    new ScratchSpace(folder).delete();
  }

  private void addHook() throws CannotRehearseException {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException _) {
      killed();
      throw CannotRehearseException.stopped();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the program ends, and the hook runs
    }
  }
}
