package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.Outcome;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The one node goes down and comes back, with everything on it. */
@Isolated("the others' pods are on that node too")
@ExtendWith(OnCluster.class)
final class NodeRestartE2E {

  private static final String SLOW =
      """
      --changeset ann:quick
      create table quick (id int);
      --changeset ann:slow
      create table slow as select pg_sleep(15)::text as slept;
      """;

  private final Site site;

  NodeRestartE2E(Site site) {
    this.site = site;
  }

  @Test
  void aRunThatWasCutOffIsDoneAgainAndEachChangesetOnce() {
    site.assumeNodeCanRestart();
    var database = site.database();
    site.configMap("changelog", Changelog.sql(SLOW).files());
    var run =
        site.apply(
            site.manifest("cut", database)
                .unrehearsed()
                .with("spec.changelog.configMap.name", "changelog"));
    await().atMost(Duration.ofMinutes(2)).until(() -> run.log().contains("[2/2]"));

    site.restartNode();

    var status = run.awaitReady();
    assertThat(status.history()).extracting(r -> r.outcome()).startsWith(Outcome.Succeeded);
    assertThat(status.run()).isGreaterThan(1);
    assertThat(database.changeSets()).containsExactly("quick", "slow");
  }
}
