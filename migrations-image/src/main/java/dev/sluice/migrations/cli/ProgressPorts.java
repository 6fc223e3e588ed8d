package dev.sluice.migrations.cli;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import java.io.IOException;
import java.net.ServerSocket;

/**
 * Opens a TCP port when the run is connected, and the next one when it holds the lock. The
 * kubelet's probes find them: so a run that waits can be told from one that works without any right
 * for the pod.
 */
record ProgressPorts(int firstPort, RunEventSink log) implements RunEventSink {
  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Connected) {
      open(firstPort);
    } else if (event instanceof RunEvent.Locked) {
      open(firstPort + 1);
    }
  }

  private void open(int port) {
    try {
      var socket = new ServerSocket(port);
      Thread.ofPlatform().daemon().name("progress port").start(() -> answer(socket));
    } catch (IOException | IllegalArgumentException _) {
      log.warn("port " + port + " can't be opened: the run's waiting can't be seen from outside");
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
