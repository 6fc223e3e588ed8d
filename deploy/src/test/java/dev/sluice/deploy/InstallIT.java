package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart installed by Helm into a real API server, and every example put to it. */
final class InstallIT {
  private static final String SYSTEM = "sluice-system";
  private static final String CRD = "databasemigrations.sluice.dev";
  private static Path values = Path.of("");
  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    client = server.client();
    values = Files.writeString(folder.resolve("values.yaml"), "{podLabels: {from: file}}");
    installSluice();
    var strict = Map.of("pod-security.kubernetes.io/enforce", "restricted");
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("restricted")
                .withLabels(strict)
                .endMetadata()
                .build())
        .create();
  }

  @AfterAll
  static void stop() throws IOException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  static List<Path> examples() {
    return Folders.examples();
  }

  static Stream<Deployment> deployments() {
    return Stream.concat(
            Stream.of(Path.of("install.yaml")),
            Folders.examples().stream().filter(file -> file.toString().contains("demo")))
        .flatMap(file -> Manifests.trees(file).stream())
        .map(Manifests::object)
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast);
  }

  @Test
  void installedValuesComeFromFileAndCommandLine() {
    var deployment = client().apps().deployments().inNamespace(SYSTEM).withName("sluice").get();
    var template = deployment.getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels()).containsEntry("from", "file");
    assertThat(template.getSpec().getContainers().getFirst().getEnv())
        .anyMatch(variable -> "debug".equals(variable.getValue()));
  }

  @Test
  void secondInstallUpgradesTheReleaseThatHelmLists() {
    var kubeconfig = server().kubeconfig();
    var wanted = new Installation("twice", "twice", Map.of("crds.install", "false"), List.of());
    CHART.install(wanted, kubeconfig, Optional.empty());
    var again =
        new Installation(
            "twice", "twice", Map.of("crds.install", "false", "replicas", "2"), List.of());
    CHART.install(again, kubeconfig, Optional.empty());
    assertThat(Helm.list().withNamespace("twice").withKubeConfig(kubeconfig).call())
        .singleElement()
        .satisfies(release -> assertThat(release.getRevision()).isEqualTo("2"))
        .satisfies(release -> assertThat(release.getStatus()).isEqualTo("deployed"));
    Helm.uninstall("twice").withNamespace("twice").withKubeConfig(kubeconfig).call();
    assertThat(client().apps().deployments().inNamespace("twice").list().getItems()).isEmpty();
  }

  @Test
  void uninstallKeepsTheCrdAndTheNextInstallTakesItOver() {
    var crds = client().apiextensions().v1().customResourceDefinitions();
    var before = crds.withName(CRD).get().getMetadata().getUid();
    Helm.uninstall("sluice").withNamespace(SYSTEM).withKubeConfig(server().kubeconfig()).call();
    assertThat(client().apps().deployments().inNamespace(SYSTEM).list().getItems()).isEmpty();
    installSluice();
    assertThat(crds.withName(CRD).get().getMetadata().getUid()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsAccepted(Path file) {
    assertThat(Manifests.trees(file))
        .map(Manifests::object)
        .allSatisfy(object ->
            assertThat(client().resource(object).inNamespace("default").dryRun().create())
                .isNotNull());
  }

  @Test
  void installYamlIsAccepted() {
    assertThat(Manifests.trees(Path.of("install.yaml")))
        .map(Manifests::object)
        .allSatisfy(object ->
            assertThat(
                    client()
                        .resource(object)
                        .dryRun()
                        .forceConflicts()
                        .fieldManager("test")
                        .serverSideApply())
                .isNotNull());
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void podIsAllowedWherePodsAreRestricted(Deployment deployment) {
    var pod = pod(deployment);
    assertThat(client().resource(pod).dryRun().create()).isNotNull();
  }

  @Test
  void podWithARightMoreIsNot() {
    var pod = pod(deployments().findFirst().orElseThrow());
    Objects.requireNonNull(pod.getSpec().getContainers().getFirst().getSecurityContext())
        .setAllowPrivilegeEscalation(true);
    assertThatThrownBy(() -> client().resource(pod).dryRun().create())
        .hasMessageContaining("allowPrivilegeEscalation");
  }

  @ParameterizedTest
  @CsvSource({
    "'', secrets, get, false",
    "'', secrets, list, false",
    "'', pods, create, false",
    "batch, jobs, create, true",
    "sluice.dev, databasemigrations, watch, true",
    "sluice.dev, databasemigrations, delete, false",
    "events.k8s.io, events, create, true",
    "rbac.authorization.k8s.io, clusterroles, get, false"
  })
  void operatorMay(String group, String resource, String verb, boolean allowed) {
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:" + SYSTEM + ":sluice")
            .withNewResourceAttributes()
            .withGroup(group)
            .withResource(resource)
            .withVerb(verb)
            .withNamespace("default")
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client().authorization().v1().subjectAccessReview().create(review);
    assertThat(answer.getStatus().getAllowed()).isEqualTo(allowed);
  }

  private static void installSluice() {
    CHART.install(
        new Installation("sluice", SYSTEM, Map.of("logLevel", "debug"), List.of(values)),
        server().kubeconfig(),
        Optional.empty());
  }

  private static Pod pod(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod")
        .withNamespace("restricted")
        .withLabels(template.getMetadata().getLabels())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  private static LocalApiServer server() {
    return Objects.requireNonNull(server);
  }

  private static KubernetesClient client() {
    return Objects.requireNonNull(client);
  }
}
