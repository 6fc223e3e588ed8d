package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Kustomizations of docs/flux.md, with Flux's real kustomize-controller. */
@WithPrograms({"kubernetes", "kustomize-controller"})
@ExtendWith(OnCluster.class)
final class FluxE2E {

  private static final Page PAGE = Page.of("docs/flux.md");

  private final Site site;

  FluxE2E(Site site) {
    this.site = site;
  }

  @AfterAll
  static void everythingOnThePageWasTried() {
    assertThat(PAGE.untried()).isEmpty();
  }

  @Test
  void theApplicationComesAfterItsMigrationStopsWithItAndGoesOnAfterTheFix() {
    try (var shop = Shop.beside(site, "flux", Map.of());
        var flux = Flux.up(shop)) {
      var first = flux.push("1", Shop.SLOW);
      flux.follow(PAGE.block("Order"));
      shop.migration().awaitReason("Running");
      assertThat(shop.running()).isEmpty();
      assertThat(seen(shop))
          .contains(
              "dependency '%s/shop-migration' is not ready".formatted(shop.site().namespace()));
      flux.await("shop", first);
      assertThat(shop.running()).containsExactly("shop@1", "shop@1");

      var broken = flux.push("2", Shop.BROKEN);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> seen(shop).contains("failed early due to stalled resources"));
      shop.migration().awaitStalled();
      assertThat(seen(shop)).doesNotContain("Applied revision: " + broken);
      assertThat(shop.running()).containsExactly("shop@1", "shop@1");

      flux.await("shop", flux.push("3", Shop.MENDED));
      assertThat(shop.running()).contains("shop@3");
      assertThat(shop.database().changeSets()).containsExactly("users", "slow", "orders");
    }
  }

  private static String seen(Shop shop) {
    return shop.terminal().run(PAGE.block("What you see")).succeeded();
  }
}
