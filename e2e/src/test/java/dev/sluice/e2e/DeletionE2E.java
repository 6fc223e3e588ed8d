package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.AppliedMigration;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An object that is deleted always goes, and its run ends as deletionPolicy says. */
@ExtendWith(OnCluster.class)
final class DeletionE2E {

  private static final String SLOW =
      """
      --changeset ann:quick
      create table quick (id int);
      --changeset ann:slow
      create table slow as select pg_sleep(15)::text as slept;
      """;

  private static final String ADVISORY_LOCKS =
      """
      select count(*) from pg_locks where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())
      """;

  private final Site site;

  DeletionE2E(Site site) {
    this.site = site;
  }

  /** Foreground deletion kills every Job that the object owns. */
  @ParameterizedTest
  @EnumSource(DeletionPropagation.class)
  void byDefaultTheRunEndsFirst(DeletionPropagation propagation) {
    var database = site.database();
    var deleted =
        working("waits-" + propagation.toString().toLowerCase(Locale.ROOT), database, site, "Wait");

    deleted.delete(propagation);

    deleted.awaitReason("Deleting");
    deleted.awaitGone();
    assertThat(database.changeSets()).containsExactly("quick", "slow");
    awaitNoJob(deleted);
  }

  @Test
  void abortRollsTheRunBack() {
    var database = site.database();
    var deleted = working("aborted", database, site, "Abort");

    deleted.delete();

    deleted.awaitGone();
    assertThat(database.changeSets()).containsExactly("quick");
    assertThat(database.tables()).doesNotContain("slow");
    assertThat(lockIsFree(database)).isTrue();
    awaitNoJob(deleted);
  }

  @Test
  void orphanLetsTheRunGoOnWithoutTheObject() {
    var database = site.database();
    var deleted = working("orphaned", database, site, "Orphan");

    deleted.delete();

    deleted.awaitGone();
    assertThat(database.changeSets()).containsExactly("quick");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> database.changeSets().equals(List.of("quick", "slow")));
    assertThat(deleted.jobs()).hasSize(1);
  }

  @Test
  void aNamespaceGoesWithItsRunStopped() {
    try (var other = site.another("doomed")) {
      var database = other.database();
      var doomed = working("doomed", database, other, "Wait");

      other.delete();

      doomed.awaitGone();
      other.awaitGone();
      await().atMost(Duration.ofMinutes(1)).until(() -> lockIsFree(database));
      assertThat(database.changeSets()).containsExactly("quick");
    }
  }

  private static AppliedMigration working(
      String name, SiteDatabase database, Site site, String policy) {
    site.configMap(name + "-changelog", Changelog.sql(SLOW).files());
    var working =
        site.apply(
            site.manifest(name, database)
                .unrehearsed()
                .with("spec.changelog.configMap.name", name + "-changelog")
                .with("spec.deletionPolicy", policy));
    await().atMost(Duration.ofMinutes(2)).until(() -> working.log().contains("[2/2]"));
    return working;
  }

  private static boolean lockIsFree(SiteDatabase database) {
    return database.query("select locked from databasechangeloglock").equals(List.of("f"))
        && database.query(ADVISORY_LOCKS).equals(List.of("0"));
  }

  private static void awaitNoJob(AppliedMigration migration) {
    await().atMost(Duration.ofMinutes(1)).until(() -> migration.jobs().isEmpty());
  }
}
