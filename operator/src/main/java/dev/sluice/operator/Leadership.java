package dev.sluice.operator;

import dev.sluice.operator.decision.Timings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease that one operator of several holds. */
final class Leadership {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);
  private static final String LEASE = "sluice-operator";

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final Runnable lost;
  private volatile boolean stopping;

  /** {@code lost} ends the process: two that work at once are worse than one that restarts. */
  Leadership(KubernetesClient client, String namespace, String identity, Runnable lost) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    this.lost = lost;
  }

  LeaderElectionConfiguration configuration() {
    return new LeaderElectionConfiguration(
        LEASE,
        namespace,
        LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
        LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
        Timings.LEASE_RETRY,
        identity,
        new LeaderCallbacks(() -> log.info("leading"), this::stopped, _ -> {}),
        // JOSDK's own way out is System.exit, which deadlocks with a shutdown hook
        false);
  }

  private void stopped() {
    if (!stopping) {
      log.error("leadership was lost");
      lost.run();
    }
  }

  /** From here on, losing the lease is what is wanted. */
  void stopping() {
    stopping = true;
  }

  /** Lets the next one lead immediately, not when the lease runs out. */
  void release() {
    try {
      var lease = client.leases().inNamespace(namespace).withName(LEASE).get();
      if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setHolderIdentity("");
        client.resource(lease).lockResourceVersion().update();
      }
    } catch (KubernetesClientException e) {
      log.warn("the lease was not released; it runs out by itself", e);
    }
  }
}
