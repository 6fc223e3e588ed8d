package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several resources on one database: its lock decides, and who waits says so. */
@ExtendWith(OnCluster.class)
final class TogetherE2E {

  private static final String SLOW =
      """
      --changeset ann:slow
      create table slow as select pg_sleep(15)::text as slept;
      """;
  private static final String MORE =
      """
      --changeset bob:more
      create table more (id int);
      """;

  private final Site site;

  TogetherE2E(Site site) {
    this.site = site;
  }

  @Test
  void inOneNamespaceTheSecondWaitsForTheLockAndThenRuns() {
    takeTurns(site, "near");
  }

  @Test
  void inTwoNamespacesAsWell() {
    try (var other = site.another("far")) {
      takeTurns(other, "far");
    }
  }

  private void takeTurns(Site second, String name) {
    var database = site.database();
    if (second != site) {
      second.secret(database);
    }
    var slow =
        site.apply(manifest(site, name + "-slow", site.manifest(name + "-slow", database), SLOW));
    slow.awaitReason("Running");

    var waiting =
        second.apply(
            manifest(second, name + "-more", second.manifest(name + "-more", database), MORE));

    waiting.awaitReason("WaitingForLock");
    slow.awaitReady();
    assertThat(waiting.awaitReady().attempt()).isZero();
    assertThat(database.changeSets()).containsExactly("slow", "more");
  }

  private static Manifest manifest(Site site, String name, Manifest manifest, String changesets) {
    site.configMap(name + "-changelog", Changelog.sql(changesets).files());
    return manifest.unrehearsed().with("spec.changelog.configMap.name", name + "-changelog");
  }
}
