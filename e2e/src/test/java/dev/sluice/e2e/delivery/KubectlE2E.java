package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lines of docs/kubectl.md, with the real kubectl. */
@WithPrograms("kubernetes")
@ExtendWith(OnCluster.class)
final class KubectlE2E {

  private static final Page PAGE = Page.of("docs/kubectl.md");

  /** As the page says in words: without --server-side, both files at once, for pods that wait. */
  private static final String TOGETHER =
      """
      kubectl apply -f shop.yaml -f application.yaml
      kubectl rollout status deployment/shop --timeout=5m
      kubectl diff -f shop.yaml -f application.yaml
      """;

  private final Site site;

  KubectlE2E(Site site) {
    this.site = site;
  }

  @AfterAll
  static void everyLineOfThePageWasRun() {
    assertThat(PAGE.untried()).isEmpty();
  }

  @Test
  void thePipelineGoesOnWhenTheRevisionIsAppliedAlsoRightAfterAnEdit() {
    try (var shop = shop("pipeline")) {
      deliver(shop, "1", Shop.USERS);
      assertThat(shop.database().changeSets()).containsExactly("users");
      assertThat(shop.running()).containsExactly("shop@1", "shop@1");

      // the status still says that the revision before is Ready
      deliver(shop, "2", Shop.SLOW);
      assertThat(shop.database().changeSets()).containsExactly("users", "slow");
      assertThat(shop.running()).contains("shop@2");

      assertThat(shop.terminal().run(PAGE.block("Diff")).succeeded()).isEmpty();
      shop.terminal().write("shop.yaml", shop.migration("3", Shop.MENDED));
      var diff = shop.terminal().run(PAGE.block("Diff"));
      assertThat(diff.exit()).isEqualTo(1);
      assertThat(diff.output()).contains("-  revision: \"2\"", "+  revision: \"3\"");
    }
  }

  @Test
  void theScriptEndsEarlyWhenTheMigrationFailsAndWellWhenItIsMended() {
    try (var shop = shop("early")) {
      write(shop, "1", Shop.USERS);
      shop.terminal().run(TOGETHER).succeeded();
      assertThat(shop.database().changeSets()).containsExactly("users");

      // the cause, and its cure, are in the database
      shop.terminal().write("shop.yaml", shop.manifest("2", Shop.BROKEN).unrehearsed().yaml());
      shop.terminal().run("kubectl apply -f shop.yaml").succeeded();
      var began = Instant.now();
      assertThat(shop.terminal().run(PAGE.block("End early")).exit()).isNotZero();
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(3));
      assertThat(shop.terminal().run(PAGE.block("What went wrong")).succeeded())
          .contains("ChangeSetFailed", "root.sql::oops::ann", "42P07");

      shop.database().query("alter table users rename to people");
      shop.terminal().run(PAGE.block("Try again")).succeeded();
      shop.terminal().run(PAGE.block("End early")).succeeded();
      assertThat(shop.database().changeSets()).containsExactly("users", "slow", "oops");
    }
  }

  @Test
  void aForegroundDeletionLetsTheRunEndFirst() {
    try (var shop = shop("gone")) {
      write(shop, "1", Shop.SLOW);
      shop.terminal().run("kubectl apply --server-side -f shop.yaml").succeeded();
      shop.migration().awaitReason("Running");

      shop.terminal().run(PAGE.block("Delete")).succeeded();

      assertThat(shop.database().changeSets()).containsExactly("users", "slow");
      assertThat(shop.terminal().run("kubectl get dbm").output()).startsWith("No resources found");
    }
  }

  private Shop shop(String name) {
    return Shop.beside(site, "kubectl-" + name, Map.of());
  }

  private static void write(Shop shop, String revision, String changesets) {
    shop.terminal().write("shop.yaml", shop.migration(revision, changesets));
    shop.terminal().write("application.yaml", shop.application(revision));
  }

  private static void deliver(Shop shop, String revision, String changesets) {
    write(shop, revision, changesets);
    shop.terminal().run(PAGE.block("Apply and wait")).succeeded();
  }
}
