package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may pass by itself is waited for, and nobody loses a run. */
@ExtendWith(OnCluster.class)
final class PatienceE2E {

  private static final String USERS =
      """
      --changeset ann:users
      create table users (id bigint primary key);
      """;

  /** Works for as long as it takes to disturb it. */
  private static final String SLOW =
      """
      --changeset ann:slow
      create table slow as select pg_sleep(12)::text as slept;
      """;

  private final Site site;

  PatienceE2E(Site site) {
    this.site = site;
  }

  @Test
  void aDatabaseThatComesLaterIsWaitedForInOneRun() {
    var database = site.postgres().planned();
    site.secret(database);

    var early = site.apply(manifest("early", database, USERS));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> early.log().contains("\"" + database.name() + "\" does not exist"));
    early.awaitReason("WaitingForDatabase");
    site.postgres().create(database);

    var status = early.awaitReady();
    assertThat(status.run()).isEqualTo(1);
    assertThat(early.jobs()).hasSizeLessThanOrEqualTo(1);
    assertThat(database.tables()).contains("users");
  }

  @Test
  void aSecretThatComesLaterIsWaitedFor() {
    var database = site.postgres().database();

    var early = site.apply(manifest("unsealed", database, USERS));
    early.awaitReason("WaitingForSecret");
    site.secret(database);

    assertThat(early.awaitReady().run()).isEqualTo(1);
    assertThat(database.tables()).contains("users");
  }

  @Test
  void aWrongImageIsNamedAndACorrectedOneRunsAtOnce() {
    var manifest = manifest("mistyped", site.database(), USERS);

    var mistyped = site.apply(manifest.image("localhost/sluice-e2e-nowhere:1"));
    mistyped.awaitReason("ImagePullFailed");

    site.apply(manifest.with("spec.image", null)).awaitReady();
  }

  @Test
  void aRunOutlivesTheOperator() {
    var database = site.database();
    var running = site.apply(manifest("outlived", database, SLOW).unrehearsed());
    running.awaitReason("Running");

    site.killOperator();

    var status = running.awaitReady();
    assertThat(status.run()).isEqualTo(1);
    assertThat(running.jobs()).hasSizeLessThanOrEqualTo(1);
    assertThat(database.changeSets()).containsExactly("slow");
  }

  private Manifest manifest(String name, SiteDatabase database, String changesets) {
    site.configMap(name + "-changelog", Changelog.sql(changesets).files());
    return site.manifest(name, database).with("spec.changelog.configMap.name", name + "-changelog");
  }
}
