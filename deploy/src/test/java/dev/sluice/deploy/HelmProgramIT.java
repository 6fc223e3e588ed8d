package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart by the real Helm 3, then by Helm 4 where that one left off; docs/helm.md tells it. */
final class HelmProgramIT {

  private static final String NAMESPACE = "sluice-system";

  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    client = server.client();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      client().close();
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void theCrdComesAndGoesBackWithTheChartAndOutlivesIt(String program) throws IOException {
    var helm = helm(program);
    var chart = "deploy/chart/sluice";

    succeed(helm, line("install").replace(chart, olderChart()));
    assertThat(columns()).isNotEmpty().doesNotContain("PENDING");
    succeed(helm, line("upgrade"));
    assertThat(columns()).contains("PENDING");
    succeed(helm, line("rollback"));
    assertThat(columns()).doesNotContain("PENDING");

    var crd = crd().getMetadata().getUid();
    assertThat(succeed(helm, line("uninstall"))).contains("kept due to the resource policy");
    assertThat(client().apps().deployments().inNamespace(NAMESPACE).list().getItems()).isEmpty();
    assertThat(crd().getMetadata().getUid()).isEqualTo(crd);

    succeed(helm, line("install"));
    assertThat(crd().getMetadata().getUid()).isEqualTo(crd);
    assertThat(columns()).contains("PENDING");
    succeed(helm, line("uninstall"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void aSecondReleaseLeavesTheCrdToTheFirst(String program) throws IOException {
    var helm = helm(program);
    var second =
        line("install")
            .replace("install sluice", "install second")
            .replace(NAMESPACE, "second-" + program);
    succeed(helm, line("install"));

    var refused = helm.run(second);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("invalid ownership metadata");
    succeed(helm, second + " --set crds.install=false");

    succeed(helm, "helm uninstall second -n second-" + program);
    succeed(helm, line("uninstall"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void anUpgradeThatChangesNothingWritesNothing(String program) throws IOException {
    var helm = helm(program);
    succeed(helm, line("install"));
    var before = crd().getMetadata().getResourceVersion();

    succeed(helm, line("upgrade"));

    assertThat(crd().getMetadata().getResourceVersion()).isEqualTo(before);
    succeed(helm, line("uninstall"));
  }

  private HelmProgram helm(String program) throws IOException {
    return HelmProgram.of(program, folder, Objects.requireNonNull(server).kubeconfig());
  }

  /** The page's; there is nobody here who would start a pod that one could wait for. */
  private static String line(String command) throws IOException {
    return Files.readAllLines(Path.of("../docs/helm.md")).stream()
        .filter(line -> line.startsWith("    helm " + command + " sluice"))
        .findFirst()
        .orElseThrow()
        .strip()
        .replace(" --wait", "");
  }

  /** The chart as it was before the CRD had a certain column. */
  private String olderChart() throws IOException {
    var older = folder.resolve("older");
    try (var files = Files.walk(Folders.CHART.folder())) {
      for (var file : files.toList()) {
        Files.copy(file, older.resolve(Folders.CHART.folder().relativize(file)));
      }
    }
    var crd = older.resolve("files/databasemigrations.sluice.dev.yaml");
    Files.writeString(crd, Files.readString(crd).replace("name: \"PENDING\"", "name: \"LEFT\""));
    return older.toString();
  }

  private static String succeed(HelmProgram helm, String line) {
    var ended = helm.run(line);
    assertThat(ended.exit()).as(ended.output()).isZero();
    return ended.output();
  }

  private static CustomResourceDefinition crd() {
    return client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("databasemigrations.sluice.dev")
        .require();
  }

  private static List<String> columns() {
    return crd().getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
        .map(column -> column.getName())
        .toList();
  }

  private static KubernetesClient client() {
    return Objects.requireNonNull(client);
  }
}
