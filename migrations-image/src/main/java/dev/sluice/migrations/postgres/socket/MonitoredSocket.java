package dev.sluice.migrations.postgres.socket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Closes itself when what it sent isn't acknowledged for 25 s. Linux would repeat it for a quarter
 * of an hour: keepalive counts only while nothing is under way, and of TCP_USER_TIMEOUT, which
 * would do, Java knows nothing. So the kernel is asked how the connection stands.
 */
final class MonitoredSocket extends Socket {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Duration EVERY = Duration.ofSeconds(2);

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, timeout);
    Thread.ofPlatform().daemon().name("acknowledged").start(this::watch);
  }

  private void watch() {
    var since = System.nanoTime();
    var last = Optional.<UnacknowledgedBytes>empty();
    while (!isClosed()) {
      if (!pause()) {
        return;
      }
      var now = UnacknowledgedBytes.on(this);
      if (now.isEmpty() || !now.equals(last)) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since >= PATIENCE.toNanos()) {
        closeQuietly();
      }
      last = now;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(EVERY);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException _) {
      // whoever reads or writes hears of it all the same
    }
  }
}
