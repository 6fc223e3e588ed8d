package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of an application whose new pods wait: the rows of the table in docs/gate.md. */
@ExtendWith(OnCluster.class)
final class GateE2E {
  private static final String KEEPING =
      "strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}";

  private final Site site;

  GateE2E(Site site) {
    this.site = site;
  }

  @Test
  @DisplayName("rolling update, `maxUnavailable: 0`")
  void allOldPodsServeUntilTheMigrationIsApplied() {
    var app = new GatedApplication(site, "kept", KEEPING).rollOut(2, "1").awaitGated(2, "1");
    app.awaitEvent("Pod", "MigrationMissing");
    app.migrated("1").awaitRunning(2, "1");

    app.suspended("2").rollOut(2, "2").awaitGated(1, "2");

    app.awaitEvent("Pod", "MigrationSuspended");
    assertThat(app.running("1")).hasSize(2);
    app.migrated("2").awaitRunning(2, "2").awaitRunning(0, "1");
    app.awaitEvent("Pod", "MigrationGateOpened");
  }

  @Test
  @DisplayName("rolling update, default `maxUnavailable` (a quarter, rounded down)")
  void aQuarterOfTheOldPodsGoesAndTheDeploymentSaysSo() {
    var app = new GatedApplication(site, "quarter", "").migrated("1").rollOut(4, "1");
    app.awaitRunning(4, "1").suspended("2").rollOut(4, "2");

    app.awaitRunning(3, "1").awaitGated(2, "2");
    assertThat(app.awaitEvent("Deployment", "OldPodsAtRisk")).contains("1 of its 4 pods");

    app.migrated("2").awaitRunning(4, "2");
  }

  @Test
  @DisplayName("`strategy: Recreate`")
  void allOldPodsGoFirstAndTheDeploymentSaysSo() {
    var app =
        new GatedApplication(site, "recreated", "strategy: {type: Recreate, rollingUpdate: null}");
    app.migrated("1").rollOut(1, "1").awaitRunning(1, "1");

    app.suspended("2").rollOut(1, "2").awaitGated(1, "2");

    assertThat(app.running("1")).isEmpty();
    assertThat(app.awaitEvent("Deployment", "OldPodsAtRisk")).contains("Recreate");
    app.migrated("2").awaitRunning(1, "2");
  }

  @Test
  @DisplayName("the migration fails")
  void theOldPodsServeWhileAFailureIsMended() {
    var app = new GatedApplication(site, "failed", KEEPING).migrated("1").rollOut(1, "1");
    app.awaitRunning(1, "1").broken("2").rollOut(1, "2");

    assertThat(app.awaitEvent("Pod", "MigrationStalled")).contains("42P07");

    assertThat(app.awaitGated(1, "2").running("1")).hasSize(1);
    app.migrated("2").awaitRunning(1, "2");
  }

  @Test
  @DisplayName("`kubectl drain`, or a node is lost")
  void anEvictedPodComesBackWhileTheNextMigrationHasFailed() {
    var app = new GatedApplication(site, "drained", KEEPING).migrated("1").rollOut(1, "1");
    app.awaitRunning(1, "1").broken("2").rollOut(1, "2").awaitGated(1, "2");
    var old = app.running("1").getFirst();

    // what kubectl drain asks for each pod
    assertThat(site.client().pods().resource(old).evict()).isTrue();

    await()
        .atMost(Duration.ofMinutes(3))
        .until(() ->
            app.running("1").stream()
                .anyMatch(p -> !p.getMetadata().getUid().equals(old.getMetadata().getUid())));
    assertThat(app.gated("2")).hasSize(1);
  }

  @Test
  @DisplayName("an autoscaler adds pods")
  void scalingUpAddsPodsOfTheRevisionThatServes() {
    var app = new GatedApplication(site, "scaled", KEEPING).migrated("1").rollOut(2, "1");
    app.awaitRunning(2, "1").suspended("2").rollOut(2, "2").awaitGated(1, "2");

    var autoscaler =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: scaled}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: scaled}
          minReplicas: 6
          maxReplicas: 8
        """;
    site.client().resource(autoscaler).inNamespace(site.namespace()).create();

    await().atMost(Duration.ofMinutes(3)).until(() -> app.running("1").size() > 2);
    assertThat(app.gated("2")).isNotEmpty().hasSameSizeAs(app.pods("2"));
    assertThat(app.deployment().getSpec().getReplicas()).isEqualTo(6);
    app.migrated("2").awaitRunning(6, "2");
  }

  @Test
  @DisplayName("roll-back of Deployment and migration")
  void aRollBackStartsAtOnceAndNothingRuns() {
    var app = new GatedApplication(site, "back", KEEPING).migrated("1").rollOut(1, "1");
    app.awaitRunning(1, "1").migrated("2").rollOut(1, "2").awaitRunning(1, "2");
    var jobs = site.migration("back").jobs().size();

    app.migrated("1").rollOut(1, "1").awaitRunning(1, "1");

    assertThat(site.migration("back").jobs()).hasSize(jobs);
  }

  @Test
  @DisplayName("`progressDeadlineSeconds` (600) is over")
  void aRolloutThatWaitsTooLongSaysSoAndGoesOnWhenTheGateOpens() {
    var app = new GatedApplication(site, "late", KEEPING + "\n  progressDeadlineSeconds: 5");
    app.migrated("1").rollOut(1, "1").awaitRunning(1, "1").suspended("2").rollOut(1, "2");

    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> progressing(app).filter("ProgressDeadlineExceeded"::equals).isPresent());

    assertThat(app.running("1")).hasSize(1);
    app.migrated("2").awaitRunning(1, "2");
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> progressing(app).filter("NewReplicaSetAvailable"::equals).isPresent());
  }

  private static Optional<String> progressing(GatedApplication app) {
    return app.deployment().getStatus().getConditions().stream()
        .filter(c -> "Progressing".equals(c.getType()))
        .map(DeploymentCondition::getReason)
        .findFirst();
  }
}
