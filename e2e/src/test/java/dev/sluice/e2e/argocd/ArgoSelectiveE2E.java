package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Syncs that leave the migration out: its wave holds nothing then, and the gate does. */
@WithPrograms("argocd")
@ExtendWith({OnCluster.class, OnArgoCd.class})
final class ArgoSelectiveE2E {

  private static final String ONE = "--changeset ann:users\ncreate table users (id int);\n";
  private static final String BROKEN = ONE + "--changeset ann:oops\ncreate table users (id int);\n";

  private static final Map<String, Object> BY_HAND = Map.of("automated", Map.of("enabled", false));

  private final Site site;
  private final ArgoCd argo;

  ArgoSelectiveE2E(Site site, ArgoCd argo) {
    this.site = site;
    this.argo = argo;
  }

  /** Argo CD's own second try of the failed sync does it already. */
  @Test
  void withApplyOutOfSyncOnlyARetryPassesOverAFailedMigration() {
    try (var team = new GitDelivery(site, argo, "outofsync")) {
      var first = team.push(team.migration("1", ONE), team.gated("1"));
      team.deliver(
          Map.of(
              "syncOptions",
              List.of("ApplyOutOfSyncOnly=true"),
              "retry",
              Map.of("limit", 1, "backoff", Map.of("duration", "1s"))));
      team.application().awaitSync(first, "Succeeded");
      awaitServing(team, "1");

      var second = team.push(team.migration("2", BROKEN), team.gated("2"));
      team.application().awaitSync(second, "Succeeded");
      team.application().awaitHealth("DatabaseMigration", "Degraded");
      assertThat(team.deployed()).contains("2");
      theNewPodsWaitAndTheOldServe(team);
    }
  }

  @Test
  void aSyncOfTheDeploymentAloneWaitsAtTheGateForTheRevision() {
    try (var team = new GitDelivery(site, argo, "alone")) {
      var first = team.push(team.migration("1", ONE), team.gated("1"));
      team.deliver(BY_HAND);
      team.application().sync(first, Map.of(), "Succeeded");
      awaitServing(team, "1");

      var second = team.push(team.migration("2", ONE), team.gated("2"));
      var deployment = Map.of("group", "apps", "kind", "Deployment", "name", "alone");
      team.application().sync(second, Map.of("resources", List.of(deployment)), "Succeeded");
      theNewPodsWaitAndTheOldServe(team);

      team.application().sync(second, Map.of(), "Succeeded");
      awaitServing(team, "2");
    }
  }

  private static void theNewPodsWaitAndTheOldServe(GitDelivery team) {
    await().atMost(Duration.ofMinutes(1)).until(() -> team.waitsAtTheGate("2"));
    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(20))
        .until(() -> team.waitsAtTheGate("2") && team.serves("1") && !team.serves("2"));
  }

  private static void awaitServing(GitDelivery team, String revision) {
    await().atMost(Duration.ofMinutes(2)).until(() -> team.serves(revision));
  }
}
