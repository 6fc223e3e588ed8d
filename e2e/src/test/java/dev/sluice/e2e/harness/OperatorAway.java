package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Nobody operates until it is closed; for tests that are alone. */
public record OperatorAway(KubernetesClient client) implements AutoCloseable {

  public static OperatorAway from(Site site) {
    var away = new OperatorAway(site.client());
    away.deployment().scale(0);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(away::hasNoPod);
    return away;
  }

  private RollableScalableResource<Deployment> deployment() {
    return client.apps().deployments().inNamespace(Stage.OPERATOR_NAMESPACE).withName("sluice");
  }

  private boolean hasNoPod() {
    return client
        .pods()
        .inNamespace(Stage.OPERATOR_NAMESPACE)
        .withLabel("app.kubernetes.io/name", "sluice")
        .list()
        .getItems()
        .isEmpty();
  }

  @Override
  public void close() {
    deployment().scale(1);
  }
}
