package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sluice's own chart by the real Helm 3 and Helm 4: a second operator, for one namespace. */
@WithPrograms({"kubernetes", "helm3", "helm4"})
@ExtendWith(OnCluster.class)
final class ChartE2E {

  private static final Path CHART = Path.of("../deploy/chart/sluice").toAbsolutePath().normalize();

  private final Site site;

  ChartE2E(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void theOperatorRunsWhenHelmHasWaitedAndIsGoneAfterwards(String helm) {
    var first = site.operator();
    try (var own = site.another("chart-" + helm);
        var terminal = own.terminal(Map.of("helm", helm))) {
      var release = "second-" + helm;
      var image = first.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
      terminal.write(
          "values.yaml",
          """
          crds: {install: false}
          watchNamespaces: [%s]
          image: {repository: "%s", tag: "%s"}
          """
              .formatted(
                  own.namespace(),
                  image.substring(0, image.lastIndexOf(':')),
                  image.substring(image.lastIndexOf(':') + 1)));

      terminal
          .run("helm install %s %s -f values.yaml --wait --timeout 3m".formatted(release, CHART))
          .succeeded();
      assertThat(ready(own)).hasSize(1);
      terminal
          .run(
              "helm upgrade %s %s --reset-then-reuse-values --set replicas=2 --wait --timeout 3m"
                  .formatted(release, CHART))
          .succeeded();
      assertThat(ready(own)).hasSize(2);
      terminal.run("helm rollback %s --wait --timeout 3m".formatted(release)).succeeded();
      await().atMost(Duration.ofMinutes(1)).until(() -> ready(own).size() == 1);

      terminal.run("helm uninstall %s --wait --timeout 3m".formatted(release)).succeeded();
      assertThat(terminal.run("kubectl get deployments,roles").output()).doesNotContain(release);
      terminal.run("kubectl get crd databasemigrations.sluice.dev").succeeded();
      terminal.run("kubectl get lease sluice-operator").succeeded();
    }
  }

  private static List<Pod> ready(Site site) {
    return site.client().pods().inNamespace(site.namespace()).list().getItems().stream()
        .filter(pod -> !pod.isMarkedForDeletion())
        .filter(pod ->
            pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")))
        .toList();
  }
}
