package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.postgres.SocketConnector;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  private final ScratchSpace space;
  private final Process process;
  private final int port;
  private final SocketConnector connector;
  private final Stop stop;
  private final Thread hook;
  private volatile @Nullable Thread ending;

  private ThrowawayServer(ScratchSpace space, Process process, int port, Stop stop) {
    this.space = space;
    this.process = process;
    this.port = port;
    this.stop = stop;
    this.connector = new SocketConnector(space.folder(), port);
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
    return starting(ServerProgram.behindSocket(home, major), scratch, stop, stays);
  }

  /** The same, for programs of this machine too, which have to know a password. */
  static ThrowawayServer listening(PostgresHome home, int major, Path scratch, Stop stop, int port)
      throws CannotRehearseException {
    return starting(ServerProgram.listening(home, major, port), scratch, stop, false);
  }

  private static ThrowawayServer starting(
      ServerProgram program, Path scratch, Stop stop, boolean stays)
      throws CannotRehearseException {
    var lacking = program.lacking();
    if (lacking.isPresent()) {
      throw CannotRehearseException.unsupported(lacking.get());
    }
    var space = ScratchSpace.in(scratch);
    try {
      space.copied(program.emptyData(), ServerProgram.DATA);
      var process = program.start(space.folder(), space.launcher(stays));
      var server = new ThrowawayServer(space, process, program.port(), stop);
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
    return new ServerLog(ServerProgram.log(space.folder())).end(process);
  }

  /** What a person would connect to. */
  String url(String database, String role) {
    return "postgresql://%s@/%s?host=%s".formatted(encoded(role), encoded(database), folder());
  }

  /** As its superuser, in libpq's variables. */
  Map<String, String> libpq(String database) {
    return Map.of(
        "PGHOST",
        folder().toString(),
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
    return space.folder();
  }

  /** It goes on after this program, until somebody ends it. */
  long left() {
    removeHook();
    space.leave();
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
    space.delete();
    removeHook();
  }

  /** With sessions on it, for which it would wait. */
  private void killed() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    space.delete();
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
