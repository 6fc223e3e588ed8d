package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Argo CD mends what differs from Git, and nothing of a migration does. */
@WithPrograms("argocd")
@ExtendWith({OnCluster.class, OnArgoCd.class})
final class ArgoSelfHealE2E {

  private static final String ONE = "--changeset ann:users\ncreate table users (id int);\n";

  /** Six times as long as Argo CD waits before it compares again. */
  private static final Duration A_WHILE = Duration.ofSeconds(20);

  private final Site site;
  private final ArgoCd argo;

  ArgoSelfHealE2E(Site site, ArgoCd argo) {
    this.site = site;
    this.argo = argo;
  }

  @Test
  void nothingIsWrittenAndNothingSyncedOnceItIsApplied() {
    try (var team = new GitDelivery(site, argo, "calm")) {
      var commit = team.push(team.migration("1", ONE), team.gated("1"));
      team.deliver(Map.of());
      team.application().awaitSync(commit, "Succeeded");
      team.application().await("health", ArgoSelfHealE2E::isSyncedAndHealthy);

      staysSo(team, "calm");
    }
  }

  @Test
  void whatTheActionsChangeIsNoDifference() {
    try (var team = new GitDelivery(site, argo, "acted")) {
      var commit = team.push(team.migration("1", ONE), team.gated("1"));
      team.deliver(Map.of());
      team.application().awaitSync(commit, "Succeeded");
      // asked together, the retry would wait for the end of the suspension
      patch("{\"metadata\": {\"annotations\": {\"sluice.dev/retry\": \"1\"}}}");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> {
            var status = site.migration("acted").get().getStatus();
            return "1".equals(status.handledRetry()) && isReady(status);
          });
      patch("{\"spec\": {\"suspend\": true}}");
      team.application().await("health", ArgoSelfHealE2E::isSyncedAndHealthy);

      staysSo(team, "acted");
    }
  }

  private void patch(String change) {
    site.client()
        .resources(DatabaseMigration.class)
        .inNamespace(site.namespace())
        .withName("acted")
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  private static boolean isReady(DatabaseMigrationStatus status) {
    return Condition.find(status.conditions(), ConditionTypes.READY)
        .filter(condition -> condition.status().equals("True"))
        .isPresent();
  }

  private void staysSo(GitDelivery team, String migration) {
    // the operator's last write takes its finalizer away
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> site.migration(migration).get().getMetadata().getFinalizers().isEmpty());
    var before = seen(team, migration);
    await()
        .during(A_WHILE)
        .atMost(A_WHILE.multipliedBy(2))
        .untilAsserted(() -> {
          assertThat(seen(team, migration)).isEqualTo(before);
          assertThat(isSyncedAndHealthy(team.application().get())).isTrue();
        });
  }

  /** Versions of the objects, and how often Argo CD has synced. */
  private List<String> seen(GitDelivery team, String migration) {
    var object = site.migration(migration).get().getMetadata();
    var state = team.application().get().path("status");
    return List.of(
        "generation " + object.getGeneration(),
        "version " + object.getResourceVersion(),
        "syncs " + state.path("history").size(),
        "last sync " + state.at("/operationState/startedAt").asText());
  }

  private static boolean isSyncedAndHealthy(JsonNode application) {
    return application.at("/status/sync/status").asText().equals("Synced")
        && application.at("/status/health/status").asText().equals("Healthy");
  }
}
