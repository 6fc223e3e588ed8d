package dev.sluice.migrations.faults;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A wire that is parted at one point: no packet gets to either side of it any more. */
final class Link implements AutoCloseable {
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
    var socket = new Socket(server.host(), server.port());
    ports.add(socket.getLocalPort());
    return socket;
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

  void untilItIsParted(Process runner) {
    await().atMost(ofMinutes(2)).until(() -> parted.getCount() == 0 || !runner.isAlive());
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

  /** The kernel gives a port out again, so it isn't to stay parted. */
  @Override
  public void close() throws IOException {
    wire.close();
    ports.forEach(servers::heal);
  }
}
