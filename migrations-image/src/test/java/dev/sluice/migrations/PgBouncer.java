package dev.sluice.migrations;

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
  private static final DebianPackage PACKAGE =
      new DebianPackage("pgbouncer", Path.of("/usr/sbin/pgbouncer"));

  /** {@code lines} join the section {@code [pgbouncer]} of its configuration. */
  public static PgBouncer start(Path folder, String... lines) throws Exception {
    PACKAGE.installed();
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
    var command = new ArrayList<>(List.of(PACKAGE.program().toString()));
    if (DebianPackage.isRoot()) {
      // it refuses to be root
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(configuration.toString());
    var process = new ProcessBuilder(command).inheritIO().start();
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> answers(port));
    return new PgBouncer(process, port);
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
