package dev.sluice.operator.job;

import dev.sluice.operator.decision.Timings;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;

/**
 * What the kubelet asks a runner, whose ports tell how far it is: it opens the first when it is
 * connected, the second while it rehearses and when it holds the lock.
 */
final class Probes {
  static final int PORT = 8065;

  /** Failures in a row after which it has no lock any more. */
  private static final int AT_ITS_END = 3;

  private Probes() {}

  /** Goes on for longer than the runner itself: a startup probe that gives up kills. */
  static Probe connected(Duration left) {
    return probe(PORT)
        .withInitialDelaySeconds(seconds(Timings.FIRST_PROBE))
        .withFailureThreshold(
            Math.toIntExact(left.plus(Timings.PROBE_GRACE).dividedBy(Timings.PROBE_PERIOD)))
        .build();
  }

  /** A process that ends closes its ports before the kubelet sees that it has ended. */
  static Probe locked() {
    return probe(PORT + 1).withFailureThreshold(AT_ITS_END).build();
  }

  private static ProbeBuilder probe(int port) {
    return new ProbeBuilder()
        .withNewTcpSocket()
        .withPort(new IntOrString(port))
        .endTcpSocket()
        .withPeriodSeconds(seconds(Timings.PROBE_PERIOD));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }
}
