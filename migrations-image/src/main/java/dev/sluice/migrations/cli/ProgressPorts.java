package dev.sluice.migrations.cli;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import java.io.IOException;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens a TCP port when the run is connected, and the next one while it rehearses and when it holds
 * the lock. The kubelet's probes find them: so a run that waits can be told from one that works
 * without any right for the pod.
 */
final class ProgressPorts implements RunEventSink {
  private final int firstPort;
  private final RunEventSink log;
  private @Nullable ServerSocket working;

  ProgressPorts(int firstPort, RunEventSink log) {
    this.firstPort = firstPort;
    this.log = log;
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.Connected _ -> open(firstPort);
      case RunEvent.RehearsalBegan _, RunEvent.Locked _ -> working = open(firstPort + 1);
      case RunEvent.RehearsalEnded _ -> close();
      default -> {}
    }
  }

  private @Nullable ServerSocket open(int port) {
    try {
      var socket = new ServerSocket(port);
      Thread.ofPlatform().daemon().name("progress port").start(() -> answer(socket));
      return socket;
    } catch (IOException | IllegalArgumentException _) {
      log.warn("port " + port + " can't be opened: the run's waiting can't be seen from outside");
      return null;
    }
  }

  private void close() {
    try {
      if (working != null) {
        working.close();
      }
    } catch (IOException _) {
      // it says that the run works, which it soon does again
    }
  }

  private static void answer(ServerSocket socket) {
    try (socket) {
      while (true) {
        socket.accept().close();
      }
    } catch (IOException _) {
      // the run goes on without it
    }
  }
}
