package dev.sluice.operator.gate;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a Deployment's old pods while its new ones wait.
 *
 * @param deployment its name
 * @param loss what it does to them
 * @param remedy what keeps them
 */
record RolloutRisk(String deployment, String loss, String remedy) {
  private static final IntOrString QUARTER = new IntOrString("25%");

  /**
   * Empty: the old pods stay, or there are none; of a Deployment in its second template or a later.
   */
  static Optional<RolloutRisk> threatening(Deployment deployment) {
    return isRecreate(deployment) ? Optional.of(recreating(deployment)) : rolling(deployment);
  }

  /** The old pods are gone before the first new one is made. */
  private static RolloutRisk recreating(Deployment deployment) {
    return new RolloutRisk(
        name(deployment),
        "removes all of its old pods before new ones start (strategy Recreate)",
        "use the strategy RollingUpdate with maxUnavailable 0");
  }

  private static Optional<RolloutRisk> rolling(Deployment deployment) {
    var takes = unavailable(deployment);
    return takes == 0 || old(deployment) == 0
        ? Optional.empty()
        : Optional.of(
            new RolloutRisk(
                name(deployment),
                "may remove %d of its %d pods before new ones start"
                    .formatted(takes, replicas(deployment)),
                "set spec.strategy.rollingUpdate.maxUnavailable to 0"));
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private static boolean isRecreate(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null && "Recreate".equals(strategy.getType());
  }

  /** Pods of another template than the newest, of which a status that lags doesn't speak yet. */
  private static int old(Deployment deployment) {
    var status = deployment.getStatus();
    if (status == null) {
      return 0;
    }
    var current = deployment.getMetadata().getGeneration().equals(status.getObservedGeneration());
    return number(status.getReplicas()) - (current ? number(status.getUpdatedReplicas()) : 0);
  }

  private static int replicas(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  /** As Kubernetes counts: a share of it is rounded down, of the surge up; both are never 0. */
  private static int unavailable(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    var update = strategy == null ? null : strategy.getRollingUpdate();
    var rolling = Objects.requireNonNullElseGet(update, RollingUpdateDeployment::new);
    var replicas = replicas(deployment);
    var unavailable = (int) Math.floor(share(rolling.getMaxUnavailable(), replicas));
    var surge = (int) Math.ceil(share(rolling.getMaxSurge(), replicas));
    return unavailable == 0 && surge == 0 ? 1 : unavailable;
  }

  private static double share(@Nullable IntOrString value, int replicas) {
    var given = Objects.requireNonNullElse(value, QUARTER);
    return given.getStrVal() == null
        ? number(given.getIntVal())
        : Integer.parseInt(given.getStrVal().replace("%", "")) * replicas / 100.0;
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  String warning() {
    return "Deployment %s %s, and these wait for a migration: %s"
        .formatted(deployment, loss, remedy);
  }
}
