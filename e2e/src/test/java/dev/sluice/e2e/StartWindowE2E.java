package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An edit or a deletion in the second or so in which the container works already and the kubelet
 * hasn't said so yet: what ran isn't called "not started", and nothing is cut in the middle.
 */
@ExtendWith(OnCluster.class)
final class StartWindowE2E {
  private static final String NO_TRANSACTION =
      """
      --changeset ann:steps runInTransaction:false
      create table first_step (id int);
      select pg_sleep(3);
      create table last_step (id int);
      """;

  private final Site site;

  StartWindowE2E(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(longs = {400, 600, 800, 1000, 1300})
  void anEditTakesBackOnlyWhatHasNotRun(long millis) throws InterruptedException {
    var database = site.database();
    var manifest = manifest("edited-" + millis, database).revision("1");
    var edited = site.apply(manifest);
    Thread.sleep(millis);
    site.apply(manifest.revision("2"));

    var status = edited.awaitReady();
    var ran =
        database
            .query("select count(*) from sluice_revision where revision = '1'")
            .equals(List.of("1"));
    assertThat(applied(status).contains("1")).as(site.everythingToSee()).isEqualTo(ran);
    assertThat(cancelled(status)).as(site.everythingToSee()).isEqualTo(!ran);
    assertThat(database.tables()).contains("first_step", "last_step");
  }

  @ParameterizedTest
  @ValueSource(longs = {400, 600, 800, 1000, 1300})
  void aDeletionThatWaitsCutsNothing(long millis) throws InterruptedException {
    var database = site.database();
    var deleted = site.apply(manifest("deleted-" + millis, database));
    Thread.sleep(millis);
    deleted.delete();

    deleted.awaitGone();
    assertThat(database.tables().contains("first_step"))
        .as(site.everythingToSee())
        .isEqualTo(database.tables().contains("last_step"));
    if (database.tables().contains("first_step")) {
      assertThat(database.changeSets()).containsExactly("steps");
    }
  }

  private Manifest manifest(String name, SiteDatabase database) {
    site.configMap(name + "-changelog", Changelog.sql(NO_TRANSACTION).files());
    return site.manifest(name, database)
        .unrehearsed()
        .with("spec.changelog.configMap.name", name + "-changelog")
        .with("spec.deletionPolicy", "Wait");
  }

  private static List<String> applied(DatabaseMigrationStatus status) {
    return status.appliedRevisions().stream()
        .map(DatabaseMigrationStatus.AppliedRevision::revision)
        .toList();
  }

  private static boolean cancelled(DatabaseMigrationStatus status) {
    return status.history().stream().anyMatch(run -> run.outcome() == Outcome.Cancelled);
  }
}
