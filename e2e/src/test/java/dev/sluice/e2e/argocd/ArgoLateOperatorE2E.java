package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.OperatorAway;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A first install whose operator comes later: there is no status that could be mistaken. */
@Isolated("the others want an operator")
@WithPrograms("argocd")
@ExtendWith({OnCluster.class, OnArgoCd.class})
final class ArgoLateOperatorE2E {

  private static final String ONE = "--changeset ann:users\ncreate table users (id int);\n";

  private final Site site;
  private final ArgoCd argo;

  ArgoLateOperatorE2E(Site site, ArgoCd argo) {
    this.site = site;
    this.argo = argo;
  }

  @Test
  void theSyncWaitsForTheOperator() {
    try (var team = new Team(site, argo, "early")) {
      var commit = team.push(team.migration("1", ONE), team.plain("1"));
      try (var _ = OperatorAway.from(site)) {
        team.deliver(Map.of());
        team.application().awaitWave("early");
        await()
            .during(Duration.ofSeconds(5))
            .atMost(Duration.ofSeconds(15))
            .until(() -> team.deployed().isEmpty());
        var told = team.application().awaitHealth("DatabaseMigration", "Progressing");
        assertThat(Application.health(told, "DatabaseMigration").path("message").asText())
            .isEqualTo("Waiting for the operator");
      }
      team.application().awaitSync(commit, "Succeeded");
      assertThat(team.deployed()).contains("1");
    }
  }
}
