package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolloutTest {

  private static Deployment deployment(int replicas, int old, String strategy) {
    var yaml =
        """
        metadata: {name: shop}
        spec: {replicas: %d, strategy: %s}
        status: {replicas: %d, updatedReplicas: 1}
        """
            .formatted(replicas, strategy, old + 1);
    return Serialization.unmarshal(yaml, Deployment.class);
  }

  private static int takes(Deployment deployment) {
    return Rollout.threatening(deployment).map(Rollout::takes).orElse(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Kubernetes' default is a quarter of both
        "3|3|{}|0",
        "4|4|{}|1",
        "8|8|{type: RollingUpdate}|2",
        "8|8|{rollingUpdate: {maxUnavailable: 0}}|0",
        "8|8|{rollingUpdate: {maxUnavailable: 3}}|3",
        "8|2|{rollingUpdate: {maxUnavailable: 3}}|2",
        "8|8|{rollingUpdate: {maxUnavailable: '50%', maxSurge: 1}}|4",
        "3|3|{rollingUpdate: {maxUnavailable: '30%', maxSurge: 0}}|1",
        "3|3|{rollingUpdate: {maxUnavailable: 0, maxSurge: '1%'}}|0",
        "4|4|{type: Recreate}|4",
      })
  void countsAsKubernetesDoes(int replicas, int old, String strategy, int takes) {
    assertThat(takes(deployment(replicas, old, strategy))).isEqualTo(takes);
  }

  @Test
  void nothingIsAtRiskWithoutOldPods() {
    assertThat(takes(deployment(8, 0, "{type: Recreate}"))).isZero();
    var fresh = deployment(8, 8, "{}");
    fresh.setStatus(null);
    assertThat(takes(fresh)).isZero();
  }

  @Test
  void saysHowManyAndWhatKeepsThem() {
    assertThat(Rollout.threatening(deployment(4, 4, "{}")).orElseThrow().warning())
        .isEqualTo(
            "Deployment shop may take away 1 of its 4 old pods while new ones wait for a migration:"
                + " set spec.strategy.rollingUpdate.maxUnavailable to 0");
    assertThat(Rollout.threatening(deployment(4, 4, "{type: Recreate}")).orElseThrow().warning())
        .contains("4 of its 4", "spec.strategy.type to RollingUpdate");
  }
}
