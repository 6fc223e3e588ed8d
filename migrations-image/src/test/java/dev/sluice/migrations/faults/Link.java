package dev.sluice.migrations.faults;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire that is parted at one point: no packet gets to either side of it any more. */
final class Link implements AutoCloseable {
  /** Below those that the kernel gives out: none is used twice, for a parted one stays parted. */
  private static final AtomicInteger NEXT_PORT = new AtomicInteger(12000);

  private final Namespace runners;
  private final Namespace servers;
  private final TestServer server;
  private final Point point;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final CountDownLatch parted = new CountDownLatch(1);
  private final Wire wire;

  Link(Namespace runners, Namespace servers, TestServer server, Point point) {
    this.runners = runners;
    this.servers = servers;
    this.server = server;
    this.point = point;
    this.wire = new Wire(this::upstream, point.then(this::part, Wire.Fate.PASSES));
  }

  Wire wire() {
    return wire;
  }

  private Socket upstream() throws IOException {
    var socket = new Socket();
    while (!socket.isBound()) {
      bind(socket, NEXT_PORT.getAndIncrement());
    }
    ports.add(socket.getLocalPort());
    socket.connect(new InetSocketAddress(server.host(), server.port()));
    return socket;
  }

  private static void bind(Socket socket, int port) throws IOException {
    try {
      socket.bind(new InetSocketAddress(port));
    } catch (BindException _) {
      // another program has it: the next one
    }
  }

  /** After a statement its answer arrives still, so that the next one is under way for good. */
  private void part() {
    ports.forEach(servers::part);
    if (point.moment() == Moment.AFTER) {
      runners.mute(wire.port());
    } else {
      runners.part(wire.port());
    }
    parted.countDown();
  }

  void untilItIsParted(Process runner, Path log) throws IOException, InterruptedException {
    var end = Instant.now().plus(ofMinutes(2));
    while (!parted.await(100, TimeUnit.MILLISECONDS) && runner.isAlive()) {
      if (Instant.now().isAfter(end)) {
        var trips = String.join("\n  ", wire.trips());
        throw new AssertionError(point + " never came\n  " + trips + "\n" + Files.readString(log));
      }
    }
  }

  /** Much sooner than Linux gives up what isn't acknowledged. */
  void untilNoticed(Callable<Boolean> noticed) {
    await().atMost(ofSeconds(45)).until(noticed);
  }

  void heal() {
    if (point.moment() == Moment.AFTER) {
      runners.unmute(wire.port());
    } else {
      runners.heal(wire.port());
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
    ports.forEach(servers::heal);
  }
}
