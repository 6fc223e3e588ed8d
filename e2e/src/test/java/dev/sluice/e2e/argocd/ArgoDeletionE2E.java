package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.AppliedMigration;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Argo CD deletes in the foreground, and the run ends as deletionPolicy says all the same. */
@WithPrograms("argocd")
@ExtendWith({OnCluster.class, OnArgoCd.class})
final class ArgoDeletionE2E {

  private static final String SLOW =
      """
      --changeset ann:quick
      create table quick (id int);
      --changeset ann:slow
      create table slow as select pg_sleep(15)::text as slept;
      """;

  private final Site site;
  private final ArgoCd argo;

  ArgoDeletionE2E(Site site, ArgoCd argo) {
    this.site = site;
    this.argo = argo;
  }

  @Test
  void aMigrationThatIsPrunedGoesWhenItsRunHasEnded() {
    try (var team = new GitDelivery(site, argo, "pruned")) {
      var pruned = working(team, "pruned", team.migration("1", SLOW).unrehearsed());

      var without = team.push(Map.of(GitDelivery.MIGRATION, ""));

      pruned.awaitReason("Deleting");
      team.application().awaitHealth("DatabaseMigration", "Progressing");
      pruned.awaitGone();
      team.application().awaitSync(without, "Succeeded");
      assertThat(team.database().changeSets()).containsExactly("quick", "slow");
    }
  }

  @Test
  void anApplicationThatIsDeletedTakesItsRunWithItWhereThePolicyIsAbort() {
    try (var team = new GitDelivery(site, argo, "aborted")) {
      var migration = team.migration("1", SLOW).unrehearsed().with("spec.deletionPolicy", "Abort");
      var aborted = working(team, "aborted", migration);

      team.application().delete();

      aborted.awaitGone();
      team.application().awaitGone();
      assertThat(team.database().changeSets()).containsExactly("quick");
      assertThat(team.database().tables()).doesNotContain("slow");
    }
  }

  /** In the last wave a sync doesn't wait for it, and the next one begins at once. */
  private AppliedMigration working(GitDelivery team, String name, Manifest migration) {
    team.push(Map.of(GitDelivery.MIGRATION, migration.yaml(), "deploy/other.yaml", OTHER));
    team.deliver(Map.of());
    var working = site.migration(name);
    await().atMost(Duration.ofMinutes(2)).until(() -> working.log().contains("[2/2]"));
    return working;
  }

  /** What is left: Argo CD refuses to prune all that an Application has. */
  private static final String OTHER =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: other
        annotations: {argocd.argoproj.io/sync-wave: "-1"}
      """;
}
