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
  private @Nullable OpenPort working;

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

  private @Nullable OpenPort open(int port) {
    try {
      return OpenPort.open(port);
    } catch (IOException | IllegalArgumentException _) {
      log.warn("port " + port + " can't be opened: the run's waiting can't be seen from outside");
      return null;
    }
  }

  private void close() {
    if (working != null) {
      working.close();
      working = null;
    }
  }

  private record OpenPort(ServerSocket socket, Thread answering) {
    static OpenPort open(int port) throws IOException {
      var socket = new ServerSocket(port);
      var answering =
          Thread.ofPlatform().daemon().name("progress port").start(() -> answer(socket));
      return new OpenPort(socket, answering);
    }

    /**
     * Also waits for the thread: while that is still in {@code accept}, the kernel goes on
     * listening, and the port couldn't be opened again.
     */
    void close() {
      try {
        socket.close();
        answering.join();
      } catch (IOException _) {
        // it says that the run works, which it soon does again
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
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
}
