package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.OperatorAway;
import dev.sluice.e2e.harness.Site;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Gated pods and migrations without an operator. */
@Isolated("the others need the operator")
@ExtendWith(OnCluster.class)
final class OperatorAwayE2E {
  private final Site site;

  OperatorAwayE2E(Site site) {
    this.site = site;
  }

  @Test
  @DisplayName("the operator is away for minutes")
  void gatedPodsWaitForItAndRunningOnesRunOn() {
    var app = new GatedApplication(site, "alone", "").migrated("1").rollOut(1, "1");
    app.awaitRunning(1, "1");
    try (var _ = OperatorAway.from(site)) {
      app.rollOut(2, "1").awaitGated(1, "1");
      await()
          .during(Duration.ofSeconds(20))
          .atMost(Duration.ofSeconds(40))
          .until(() -> app.running("1").size() == 1 && app.gated("1").size() == 1);
    }
    app.awaitRunning(2, "1");
    assertThat(app.awaitEvent("Pod", "MigrationGateOpened")).contains("alone@1");
  }
}
