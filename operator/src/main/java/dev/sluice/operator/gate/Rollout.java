package dev.sluice.operator.gate;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Deployment may do to its old pods while the new ones wait.
 *
 * @param deployment its name
 * @param old how many it has
 * @param takes how many of them it may take away before new ones are ready
 * @param remedy what keeps them
 */
record Rollout(String deployment, int old, int takes, String remedy) {
  private static final IntOrString QUARTER = new IntOrString("25%");

  /** Empty: the old pods stay, or there are none. */
  static Optional<Rollout> threatening(Deployment deployment) {
    var old = old(deployment);
    var rollout =
        isRecreate(deployment)
            ? new Rollout(
                name(deployment),
                old,
                old,
                "set spec.strategy.type to RollingUpdate with maxUnavailable 0")
            : new Rollout(
                name(deployment),
                old,
                Math.min(old, unavailable(deployment)),
                "set spec.strategy.rollingUpdate.maxUnavailable to 0");
    return rollout.takes() > 0 ? Optional.of(rollout) : Optional.empty();
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private static boolean isRecreate(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null && "Recreate".equals(strategy.getType());
  }

  /** Pods of another template than the newest. */
  private static int old(Deployment deployment) {
    var status = deployment.getStatus();
    return status == null ? 0 : number(status.getReplicas()) - number(status.getUpdatedReplicas());
  }

  /** As Kubernetes counts: shares of it are rounded down, of the surge up; one of them isn't 0. */
  private static int unavailable(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    var update = strategy == null ? null : strategy.getRollingUpdate();
    var rolling = Objects.requireNonNullElseGet(update, RollingUpdateDeployment::new);
    var replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
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
    return "Deployment %s may take away %d of its %d old pods while new ones wait for a migration: %s"
        .formatted(deployment, takes, old, remedy);
  }
}
