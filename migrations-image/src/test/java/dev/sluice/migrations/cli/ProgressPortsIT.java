package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the kubelet's probes see of a run. */
class ProgressPortsIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);

  @Test
  void theSecondOpensOnlyOnceTheLockIsHeld() throws Exception {
    fixture.runner().run();
    changelog.sql("--changeset ann:slow\nselect pg_sleep(3);\n");
    database.execute(
        "update databasechangeloglock set locked = true, lockedby = 'laptop', lockgranted = now()");
    var port = twoFreePorts();
    try (var pool = Executors.newSingleThreadExecutor()) {
      var run =
          pool.submit(() -> fixture.runner().with("SLUICE_PROBE_PORT", String.valueOf(port)).run());
      await().atMost(ofSeconds(90)).until(() -> opens(port));
      assertThat(opens(port + 1)).as("while it waits for the lock").isFalse();

      database.execute("update databasechangeloglock set locked = false, lockedby = null");
      await().atMost(ofSeconds(90)).until(() -> opens(port + 1));
      assertThat(opens(port)).isTrue();
      assertThat(run.get().exit()).isZero();
    }
  }

  @Test
  void aPortThatIsTakenIsOnlyAWarning() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var port = String.valueOf(taken.getLocalPort());
      var ran = fixture.runner().with("SLUICE_PROBE_PORT", port).run();
      assertThat(ran.exit()).isZero();
      assertThat(ran.output()).contains("WARNING port " + port);
    }
  }

  private static boolean opens(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int twoFreePorts() throws IOException {
    while (true) {
      try (var first = new ServerSocket(0)) {
        var port = first.getLocalPort();
        try (var _ = new ServerSocket(port + 1)) {
          return port;
        } catch (IOException | IllegalArgumentException _) {
          // taken: another pair
        }
      }
    }
  }
}
