package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.OperatorAway;
import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.Terminal;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The application's first installation is there before the operator's: everybody waits. */
@Isolated("nobody's migration gets on without the operator")
@WithPrograms({"kubernetes", "helm3", "helm4", "kustomize-controller"})
@ExtendWith(OnCluster.class)
final class LateOperatorE2E {

  private final Site site;

  LateOperatorE2E(Site site) {
    this.site = site;
  }

  @Test
  void nobodyTakesAMigrationThatNoOperatorHasSeenForReady() {
    try (var kubectl = Shop.beside(site, "late-kubectl", Map.of());
        var helm3 = Shop.beside(site, "late-helm3", Map.of("helm", "helm3"));
        var helm4 = Shop.beside(site, "late-helm4", Map.of("helm", "helm4"));
        var fluxed = Shop.beside(site, "late-flux", Map.of());
        var flux = Flux.up(fluxed)) {
      prepare(kubectl);
      var chart = ShopChart.buildFirst(site);
      chart.writeTo(helm3);
      chart.writeTo(helm4);
      flux.push("1", Shop.USERS);
      fluxed
          .terminal()
          .write(
              "repository/bare/shop.yaml",
              fluxed.migration("1", Shop.USERS).replaceFirst("name: \"?shop\"?", "name: bare"));
      var first = flux.publish();
      var waiting = new ArrayList<Terminal.Running>();

      try (var _ = OperatorAway.from(site)) {
        waiting.add(kubectl.terminal().start(Page.of("docs/kubectl.md").block("Apply and wait")));
        var install = Page.of("docs/helm.md").block("Install");
        waiting.add(helm3.terminal().start(install));
        waiting.add(helm4.terminal().start(install));
        flux.follow(kustomizations());
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> fluxed.terminal().run("kubectl get dbm shop bare").exit() == 0);
        await()
            .during(Duration.ofSeconds(8))
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> {
              assertThat(waiting).allMatch(Terminal.Running::isAlive);
              assertThat(conditions(fluxed)).containsExactly("Unknown", "Unknown");
            });
      }

      waiting.forEach(running -> running.end().succeeded());
      flux.await("bare", first);
      flux.await("shop", first);
      assertThat(List.of(kubectl, helm3, helm4, fluxed))
          .allSatisfy(shop -> assertThat(shop.running()).hasSize(2));
    }
  }

  /** Those of the page, and one more that waits for a migration without the page's expressions. */
  private static String kustomizations() {
    var page = Page.of("docs/flux.md").block("Order");
    var migration = page.substring(0, page.indexOf("---"));
    var bare =
        migration
            .substring(0, migration.indexOf("  healthCheckExprs:"))
            .replace("name: shop-migration", "name: bare")
            .replace("./migration", "./bare");
    return page + "---\n" + bare;
  }

  private static void prepare(Shop shop) {
    shop.terminal().write("shop.yaml", shop.migration("1", Shop.USERS));
    shop.terminal().write("application.yaml", shop.application("1"));
  }

  /** Ready's status, of the Kustomizations that apply a migration. */
  private static List<String> conditions(Shop shop) {
    return shop.terminal()
        .run(
            "kubectl get kustomization shop-migration bare -o"
                + " jsonpath='{.items[*].status.conditions[?(@.type==\"Ready\")].status}'")
        .succeeded()
        .lines()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .toList();
  }
}
