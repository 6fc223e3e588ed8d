package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.OperatorAway;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** While no operator runs, neither no status nor an old one is taken for done. */
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
  void aFirstInstallWaitsForTheOperatorAndSoDoesAnUpgrade() {
    try (var team = new GitDelivery(site, argo, "early")) {
      var first = team.push(team.migration("1", ONE), team.plain("1"));
      try (var _ = OperatorAway.from(site)) {
        team.deliver(Map.of());
        waits(team, Optional.empty());
      }
      team.application().awaitSync(first, "Succeeded");
      assertThat(team.deployed()).contains("1");

      // its status goes on saying Ready, of the revision before
      String second;
      try (var _ = OperatorAway.from(site)) {
        second = team.push(team.migration("2", ONE), team.plain("2"));
        waits(team, Optional.of("1"));
      }
      team.application().awaitSync(second, "Succeeded");
      assertThat(team.deployed()).contains("2");
    }
  }

  private static void waits(GitDelivery team, Optional<String> deployed) {
    team.application().awaitWave("early");
    await()
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(15))
        .until(() -> team.deployed().equals(deployed));
    var told = team.application().awaitHealth("DatabaseMigration", "Progressing");
    assertThat(ArgoApplication.health(told, "DatabaseMigration").path("message").asText())
        .isEqualTo("Waiting for the operator");
  }
}
