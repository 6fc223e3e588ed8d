package dev.sluice.operator.job;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;

/**
 * What the kubelet asks a runner, whose ports tell how far it is: it opens the first when it is
 * connected, the second when it holds the lock.
 */
final class Probes {
  static final int PORT = 8065;

  /** Most runs are connected by then: none of their probes fails. */
  private static final int DELAY = 2;

  private static final int PERIOD = 1;

  private Probes() {}

  /** Has patience for longer than the runner itself: a startup probe that gives up kills. */
  static Probe connected(Duration left) {
    return probe(PORT)
        .withInitialDelaySeconds(DELAY)
        .withFailureThreshold(Math.toIntExact(left.plus(Duration.ofHours(1)).toSeconds() / PERIOD))
        .build();
  }

  static Probe locked() {
    return probe(PORT + 1).withFailureThreshold(1).build();
  }

  private static ProbeBuilder probe(int port) {
    return new ProbeBuilder()
        .withNewTcpSocket()
        .withPort(new IntOrString(port))
        .endTcpSocket()
        .withPeriodSeconds(PERIOD);
  }
}
