package dev.sluice.e2e.harness;

import dev.sluice.deploy.Chart;
import dev.sluice.deploy.Installation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The application whose chart has the library sluice-wait: its pods wait before they sleep. */
public record ReleaseThatWaits(Site site) {

  /** {@code helm upgrade --install}. */
  public void install(String requires) {
    var stage = site.stage();
    var charts = stage.repository().root().resolve("deploy");
    var folder = stage.repository().scratch();
    try {
      Repository.copy(charts.resolve("src/test/charts/shop"), folder);
      Repository.copy(charts.resolve("chart/sluice-wait"), folder.resolve("charts/sluice-wait"));
      var set =
          Map.of(
              "requires", requires.replace(",", "\\,"),
              "waitImage", stage.images().waiting(),
              "image", site.imageWithoutRunner(),
              "command[0]", "sleep",
              "command[1]", "infinity");
      new Chart(folder)
          .install(
              new Installation("shop", site.namespace(), set, List.of()),
              stage.kubeconfig(),
              Optional.empty());
    } finally {
      Repository.delete(folder);
    }
  }
}
