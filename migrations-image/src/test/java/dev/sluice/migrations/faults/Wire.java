package dev.sluice.migrations.faults;

import dev.sluice.migrations.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lies between a runner and its server, and counts what goes to and fro. */
final class Wire implements AutoCloseable {
  /** What becomes of it. */
  enum Fate {
    PASSES,
    IS_CUT
  }

  /** Is asked three times a round trip; may take its time. */
  @FunctionalInterface
  interface Plan {
    Fate at(int trip, String sql, Moment moment);
  }

  /** How a connection to the server is made. */
  @FunctionalInterface
  interface Upstream {
    Socket open() throws IOException;
  }

  private final ServerSocket door;
  private final Upstream upstream;
  private final Plan plan;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final List<String> trips = new ArrayList<>();

  Wire(TestServer server, Plan plan) {
    this(() -> new Socket(server.host(), server.port()), plan);
  }

  Wire(Upstream upstream, Plan plan) {
    this.upstream = upstream;
    this.plan = plan;
    try {
      this.door = new ServerSocket(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What was sent so far, a line each. */
  List<String> trips() {
    synchronized (trips) {
      return List.copyOf(trips);
    }
  }

  int begin(String what) {
    synchronized (trips) {
      trips.add(what);
      return trips.size();
    }
  }

  Fate fate(int trip, Moment moment) {
    return plan.at(trip, trips().get(trip - 1), moment);
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        open.add(client);
        threads.execute(() -> connect(client));
      } catch (IOException _) {
        // closed, or the client is gone again
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        var server = upstream.open()) {
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      var talk = new Talk(this, client, server);
      threads.execute(talk::answers);
      talk.questions();
    } catch (IOException _) {
      // one side is gone: the other goes too
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (var socket : open) {
      socket.close();
    }
    threads.close();
  }
}
