package dev.sluice.migrations;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Debian's, in front of the {@link TestServer}. */
public record PgBouncer(Process process, int port) implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

  /** {@code lines} join the section {@code [pgbouncer]} of its configuration. */
  public static PgBouncer start(Path folder, String... lines) throws Exception {
    installed();
    var port = freePort();
    var users = folder.resolve("users.txt");
    Files.writeString(users, "\"" + TestServer.USER + "\" \"\"\n");
    var configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        * = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = trust
        auth_file = %s
        %s
        """
            .formatted(TestServer.shared().port(), port, users, String.join("\n", lines)));
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    if (isRoot()) {
      // it refuses to be root
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(configuration.toString());
    var process = new ProcessBuilder(command).inheritIO().start();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
    return new PgBouncer(process, port);
  }

  /** Gets it where that is possible; else the test is skipped, or fails where it is required. */
  private static void installed() throws Exception {
    if (Files.isExecutable(PROGRAM)) {
      return;
    }
    var apt = Path.of("/usr/bin/apt-get");
    if (isRoot() && Files.isExecutable(apt)) {
      run(apt.toString(), "-q", "update");
      run(apt.toString(), "-q", "install", "-y", "--no-install-recommends", "pgbouncer");
    }
    if (!Files.isExecutable(PROGRAM)) {
      var reason = "no pgbouncer here: install the package of that name";
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        fail(reason);
      }
      abort(reason);
    }
  }

  private static void run(String... command) throws Exception {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.start().waitFor();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
