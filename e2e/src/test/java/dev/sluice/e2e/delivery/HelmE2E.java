package dev.sluice.e2e.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.Terminal;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A release that holds an application and its migration, with the real Helm 3 and Helm 4. */
@WithPrograms({"kubernetes", "helm3", "helm4"})
@ExtendWith(OnCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
final class HelmE2E {

  private static final Page PAGE = Page.of("docs/helm.md");
  private static final String FAILS = "A migration that fails";

  private final Site site;
  private final ShopChart chart;

  HelmE2E(Site site) {
    this.site = site;
    this.chart = ShopChart.build(site);
  }

  @AfterAll
  static void everyLineOfThePageWasRun() {
    assertThat(PAGE.untried()).isEmpty();
  }

  @Test
  void helm3KeepsTheOrderByTheGate() {
    deliver("helm3", 1, "context deadline exceeded");
  }

  @Test
  void helm4KeepsTheOrderByTheGateAndNamesTheChangeset() {
    deliver(
        "helm4",
        0,
        "oops::ann at changelog/root.sql:8, statement 1: relation \"users\" already exists");
  }

  @Test
  void helm4FailsAtOnceWhereTheMigrationIsAReleaseOfItsOwn() {
    try (var shop = Shop.beside(site, "alone", Map.of("helm", "helm4"))) {
      chart.migrationTo(shop);
      var began = Instant.now();

      var failed = run(shop, PAGE.block(FAILS, 3));

      assertThat(failed.exit()).isEqualTo(1);
      assertThat(failed.output()).contains("/shop-migration not ready. status: Failed");
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(3));
      run(shop, PAGE.block(FAILS, 3).replace("1.44.0", "1.45.0")).succeeded();
    }
  }

  @Test
  void helm4TakesADeploymentForFailedWhosePodsWaitPastItsDeadline() {
    try (var shop = Shop.beside(site, "late", Map.of("helm", "helm4"))) {
      chart.writeTo(shop);
      var impatient =
          "sed -i 's/progressDeadlineSeconds: 2100/progressDeadlineSeconds: 2/'"
              + " shop/templates/application.yaml";
      run(shop, impatient).succeeded();

      var install = run(shop, PAGE.block("Install").replace("1.42.0", "1.43.0"));

      assertThat(install.exit()).isEqualTo(1);
      assertThat(install.output()).contains("Deployment/", "/shop not ready. status: Failed");
      shop.migration().awaitReady();
      shop.awaitRunning("shop@1.43.0");
    }
  }

  private void deliver(String helm, int rollback, String error) {
    try (var shop = Shop.beside(site, helm, Map.of("helm", helm))) {
      chart.writeTo(shop);
      installAndUpgrade(shop);

      var late = run(shop, PAGE.block(FAILS, rollback).replace("10m", "25s"));
      assertThat(late.exit()).isEqualTo(1);
      assertThat(late.output()).contains(error);
      assertBackAt(shop, "1.43.0");

      var began = Instant.now();
      assertThat(run(shop, PAGE.block(FAILS, 2)).exit()).isEqualTo(1);
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(2));
      assertBackAt(shop, "1.43.0");

      mendRollBackAndUninstall(shop);
    }
  }

  private static void installAndUpgrade(Shop shop) {
    run(shop, PAGE.block("Install")).succeeded();
    assertThat(shop.database().changeSets()).containsExactly("users");
    shop.awaitRunning("shop@1.42.0");

    run(shop, PAGE.block("Upgrade")).succeeded();
    assertThat(shop.database().changeSets()).containsExactly("users", "slow");
    assertThat(shop.running()).contains("shop@1.43.0");
    shop.awaitRunning("shop@1.43.0");
  }

  /** The release before is back, as if nothing had been tried. */
  private static void assertBackAt(Shop shop, String version) {
    assertThat(shop.migration().awaitReady().revision()).isEqualTo(version);
    assertThat(run(shop, "helm status shop").succeeded()).contains("STATUS: deployed");
    assertThat(shop.running()).containsOnly("shop@" + version);
  }

  private static void mendRollBackAndUninstall(Shop shop) {
    run(shop, PAGE.block("Upgrade").replace("1.43.0", "1.45.0")).succeeded();
    assertThat(shop.database().changeSets()).containsExactly("users", "slow", "orders");
    var run = requireNonNull(shop.migration().get().getStatus()).run();

    run(shop, PAGE.block("Roll back")).succeeded();
    shop.awaitRunning("shop@1.42.0");
    assertThat(shop.migration().awaitReady().run()).isEqualTo(run);

    run(shop, PAGE.block("Uninstall")).succeeded();
    assertThat(run(shop, "kubectl get dbm,deployments").output()).startsWith("No resources found");
    assertThat(shop.database().changeSets()).containsExactly("users", "slow", "orders");
  }

  private static Terminal.Ended run(Shop shop, String lines) {
    return shop.terminal().run(lines);
  }
}
