package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.event.RunEvent;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressPortsTest {
  private final List<RunEvent> log = new ArrayList<>();

  @Test
  void aPortThatIsTakenIsAWarning() throws IOException {
    try (var taken = new ServerSocket(0)) {
      new ProgressPorts(taken.getLocalPort(), log::add).on(new RunEvent.Connected());
      assertThat(log)
          .containsExactly(
              new RunEvent.Warned(
                  "port "
                      + taken.getLocalPort()
                      + " can't be opened: the run's waiting can't be seen from outside"));
    }
  }

  /** Where the first is the last that there is. */
  @Test
  void aPortBeyondAllIsAWarning() {
    new ProgressPorts(65535, log::add).on(new RunEvent.Locked());
    assertThat(log)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Warned.class, warned -> assertThat(warned.line()).startsWith("port 65536 "));
  }

  @Test
  void otherEventsOpenNothing() {
    new ProgressPorts(65536, log::add).on(new RunEvent.Began(1, 1, "a"));
    assertThat(log).isEmpty();
  }

  @Test
  void theSecondIsOpenWhileItRehearsesAndWhenItHoldsTheLock() throws IOException {
    int first = twoFreePorts();
    var ports = new ProgressPorts(first, log::add);
    ports.on(new RunEvent.RehearsalBegan());
    assertThat(isOpen(first + 1)).isTrue();
    ports.on(new RunEvent.RehearsalEnded());
    assertThat(isOpen(first + 1)).isFalse();
    ports.on(new RunEvent.Locked());
    assertThat(isOpen(first + 1)).isTrue();
    ports.on(new RunEvent.RehearsalEnded());
  }

  /**
   * A port that was closed is free at once, however often: else the run would look like one that
   * waits.
   */
  @Test
  void theSecondCanBeOpenedAgainAtOnce() throws IOException {
    int first = twoFreePorts();
    var ports = new ProgressPorts(first, log::add);
    for (int i = 0; i < 300; i++) {
      ports.on(new RunEvent.RehearsalBegan());
      assertThat(isOpen(first + 1)).isTrue();
      ports.on(new RunEvent.RehearsalEnded());
      assertThat(isOpen(first + 1)).isFalse();
    }
    assertThat(log).isEmpty();
  }

  /** The first of two neighbours. */
  private static int twoFreePorts() throws IOException {
    while (true) {
      try (var first = new ServerSocket(0);
          var _ = new ServerSocket(first.getLocalPort() + 1)) {
        return first.getLocalPort();
      } catch (BindException | IllegalArgumentException _) {
        // the neighbour is taken
      }
    }
  }

  private static boolean isOpen(int port) {
    try (var _ = new Socket("localhost", port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
