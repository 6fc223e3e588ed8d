package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The migration in wave -1, the application in wave 0. */
@WithPrograms("argocd")
@ExtendWith({OnCluster.class, OnArgoCd.class})
final class ArgoWavesE2E {

  private static final String ONE = "--changeset ann:users\ncreate table users (id int);\n";
  private static final String SLOW =
      ONE + "--changeset ann:slow\ncreate table slow as select pg_sleep(8)::text as slept;\n";
  private static final String BROKEN =
      SLOW + "--changeset ann:oops\ncreate table users (id int);\n";

  private final Site site;
  private final ArgoCd argo;

  ArgoWavesE2E(Site site, ArgoCd argo) {
    this.site = site;
    this.argo = argo;
  }

  @Test
  void theApplicationWaitsForItsMigrationStaysAsItIsAfterAFailureAndGoesOnAfterTheFix() {
    try (var team = new GitDelivery(site, argo, "shop")) {
      var first = team.push(team.migration("1", SLOW), team.plain("1"));
      team.deliver(Map.of());
      team.application().awaitHealth("DatabaseMigration", "Progressing");
      team.application().awaitWave("shop");
      assertThat(team.deployed()).isEmpty();

      team.application().awaitSync(first, "Succeeded");
      assertThat(site.migration("shop").get().getStatus().appliedRevision()).isEqualTo("1");
      assertThat(team.deployed()).contains("1");

      var second = team.push(team.migration("2", BROKEN), team.plain("2"));
      var failed = team.application().awaitSync(second, "Failed");
      assertThat(failed.at("/status/operationState/message").asText())
          .contains("completed unsuccessfully");
      var told = team.application().awaitHealth("DatabaseMigration", "Degraded");
      assertThat(ArgoApplication.health(told, "DatabaseMigration").path("message").asText())
          .contains("already exists");
      assertThat(team.deployed()).contains("1");

      var third = team.push(team.migration("3", SLOW), team.plain("3"));
      team.application().awaitSync(third, "Succeeded");
      team.application().awaitHealth("DatabaseMigration", "Healthy");
      assertThat(team.deployed()).contains("3");
    }
  }

  /** The action sets that annotation; ArgoActionsTest runs its script. */
  @Test
  void aPlanHoldsTheSyncUntilItIsApproved() {
    try (var team = new GitDelivery(site, argo, "planned")) {
      var manual = team.migration("1", ONE).with("spec.approval", "Manual");
      var commit = team.push(manual, team.plain("1"));
      team.deliver(Map.of());
      site.migration("planned").awaitReason("WaitingForApproval");
      team.application().awaitHealth("DatabaseMigration", "Progressing");
      team.application().awaitWave("planned");
      assertThat(team.deployed()).isEmpty();

      var plan = Objects.requireNonNull(site.migration("planned").get().getStatus().plan());
      site.client()
          .resources(DatabaseMigration.class)
          .inNamespace(site.namespace())
          .withName("planned")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"sluice.dev/approve\": \"%s\"}}}"
                  .formatted(plan.digest()));
      team.application().awaitSync(commit, "Succeeded");
      assertThat(team.deployed()).contains("1");
    }
  }

  @Test
  void aSuspendedMigrationHoldsTheSyncUntilItIsResumed() {
    try (var team = new GitDelivery(site, argo, "held")) {
      var suspended = team.migration("1", ONE).with("spec.suspend", true);
      var commit = team.push(suspended, team.plain("1"));
      team.deliver(Map.of());
      team.application().awaitHealth("DatabaseMigration", "Suspended");
      team.application().awaitWave("held");
      assertThat(team.deployed()).isEmpty();

      site.client()
          .resources(DatabaseMigration.class)
          .inNamespace(site.namespace())
          .withName("held")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": null}}");
      team.application().awaitSync(commit, "Succeeded");
      assertThat(team.deployed()).contains("1");
    }
  }
}
