package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolloutRiskTest {

  private static Deployment deployment(int replicas, int old, String strategy) {
    var yaml =
        """
        metadata: {name: shop, generation: 2}
        spec: {replicas: %d, strategy: %s}
        status: {observedGeneration: 2, replicas: %d, updatedReplicas: 1}
        """
            .formatted(replicas, strategy, old + 1);
    return Serialization.unmarshal(yaml, Deployment.class);
  }

  private static String warning(Deployment deployment) {
    return RolloutRisk.threatening(deployment).map(RolloutRisk::warning).orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Kubernetes' default is a quarter of both
        "4|4|{}|1 of its 4",
        "8|8|{type: RollingUpdate}|2 of its 8",
        "8|8|{rollingUpdate: {maxUnavailable: 3}}|3 of its 8",
        "8|2|{rollingUpdate: {maxUnavailable: 3}}|3 of its 8",
        "8|8|{rollingUpdate: {maxUnavailable: '50%', maxSurge: 1}}|4 of its 8",
        "3|3|{rollingUpdate: {maxUnavailable: '30%', maxSurge: 0}}|1 of its 3",
        "4|0|{type: Recreate}|all of its old pods",
      })
  void saysWhatMayGoAsKubernetesCounts(int replicas, int old, String strategy, String says) {
    assertThat(warning(deployment(replicas, old, strategy))).contains(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|3|{}",
        "8|8|{rollingUpdate: {maxUnavailable: 0}}",
        "3|3|{rollingUpdate: {maxUnavailable: 0, maxSurge: '1%'}}",
        "8|0|{}",
      })
  void isQuietWhenNoneMayGo(int replicas, int old, String strategy) {
    assertThat(warning(deployment(replicas, old, strategy))).isEmpty();
  }

  @Test
  void aDeploymentThatNobodyHasLookedAtHasNoOldPods() {
    var unseen = deployment(8, 8, "{}");
    unseen.setStatus(null);
    assertThat(warning(unseen)).isEmpty();
  }

  @Test
  void aStatusOfTheTemplateBeforeSpeaksOfOldPods() {
    var seenLate = deployment(4, 4, "{}");
    seenLate.getStatus().setObservedGeneration(1L);
    seenLate.getStatus().setReplicas(4);
    seenLate.getStatus().setUpdatedReplicas(4);
    assertThat(warning(seenLate)).contains("1 of its 4");
  }

  @Test
  void saysWhatKeepsThem() {
    assertThat(warning(deployment(4, 4, "{}")))
        .isEqualTo(
            "Deployment shop may remove 1 of its 4 pods before new ones start, and these wait"
                + " for a migration: set spec.strategy.rollingUpdate.maxUnavailable to 0");
    assertThat(warning(deployment(4, 4, "{type: Recreate}"))).endsWith("with maxUnavailable 0");
  }
}
