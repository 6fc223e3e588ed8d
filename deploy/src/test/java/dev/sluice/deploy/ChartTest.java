package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ChartTest {
  private static final Path COPY = Path.of("chart/sluice/files/databasemigrations.sluice.dev.yaml");

  @Test
  void lintFindsNothing() {
    var result = new Helm(CHART.folder()).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> !message.startsWith("[INFO]"));
  }

  @Test
  void copyOfTheCrdIsTheCrd() throws IOException {
    assertThat(Files.readString(COPY))
        .as("mend with: mvn -pl deploy compile exec:exec@install-yaml")
        .isEqualTo(Files.readString(Folders.CRD));
  }

  @Test
  void crdIsRenderedUnchangedAndKeptOnUninstall() {
    var rendered = (ObjectNode) crd(CHART.render(Installation.standard()));
    assertThat(rendered.at("/metadata/annotations/helm.sh~1resource-policy").asText())
        .isEqualTo("keep");
    ((ObjectNode) rendered.path("metadata")).remove(List.of("annotations", "labels"));
    assertThat(Manifests.object(rendered))
        .isEqualTo(Manifests.object(Manifests.trees(Folders.CRD).getFirst()));
  }

  @Test
  void installYamlIsTheRenderedChart() throws IOException {
    assertThat(Files.readString(Path.of("install.yaml")))
        .as("mend with: mvn -pl deploy compile exec:exec@install-yaml")
        .isEqualTo(InstallYaml.text(CHART));
  }

  @Test
  void versionIsTheProjects() {
    var chart = Manifests.trees(Path.of("chart/sluice/Chart.yaml")).getFirst();
    assertThat(chart.path("version").asText()).isEqualTo(System.getProperty("sluice.version"));
  }

  @Test
  void everyRenderedObjectParsesWithNoUnknownField() {
    var everything =
        Map.of(
            "replicas", "2",
            "metrics.service.enabled", "true",
            "gate.ungated", "Add",
            "networkPolicies.operator.enabled", "true",
            "networkPolicies.runs.enabled", "true",
            "networkPolicies.runs.namespaces[0]", "team");
    assertThat(Manifests.trees(render(everything))).allSatisfy(Manifests::object);
    assertThat(Manifests.kinds(render(everything)))
        .isEqualTo(
            "ClusterRole ClusterRoleBinding CustomResourceDefinition Deployment NetworkPolicy"
                + " PodDisruptionBudget"
                + " Role RoleBinding Service ServiceAccount ValidatingAdmissionPolicy"
                + " ValidatingAdmissionPolicyBinding");
  }

  @Test
  void onePodNeedsNoDisruptionBudget() {
    assertThat(Manifests.kinds(render(Map.of("replicas", "1")))).doesNotContain("Disruption");
  }

  @Test
  void onePodLeadsAlsoWhileTwoOverlap() {
    assertThat(env(Map.of())).containsEntry("SLUICE_LEADER_ELECTION", "true");
    assertThat(env(Map.of("replicas", "3"))).containsEntry("SLUICE_LEADER_ELECTION", "true");
  }

  @Test
  void namespacesAreHandedOverWithCommas() {
    assertThat(env(Map.of())).containsEntry("SLUICE_WATCH_NAMESPACES", "");
    assertThat(env(Map.of("watchNamespaces[0]", "a", "watchNamespaces[1]", "b")))
        .containsEntry("SLUICE_WATCH_NAMESPACES", "a,b");
  }

  @Test
  void digestWinsOverTag() {
    var digest = "sha256:" + "0".repeat(64);
    var set = Map.of("image.tag", "v1", "image.digest", digest, "image.repository", "r/op");
    assertThat(container(set).getImage()).isEqualTo("r/op@" + digest);
  }

  private static String render(Map<String, String> set) {
    return CHART.render(new Installation("sluice", "sluice-system", set, List.of()));
  }

  private static Container container(Map<String, String> set) {
    var pod = Manifests.one(Deployment.class, render(set)).getSpec().getTemplate().getSpec();
    return pod.getContainers().getFirst();
  }

  private static Map<String, String> env(Map<String, String> set) {
    return container(set).getEnv().stream()
        .filter(variable -> variable.getValueFrom() == null)
        .collect(Collectors.toMap(EnvVar::getName, v -> v.getValue() == null ? "" : v.getValue()));
  }

  private static JsonNode crd(String manifests) {
    return Manifests.trees(manifests).stream()
        .filter(tree -> tree.path("kind").asText().equals("CustomResourceDefinition"))
        .findFirst()
        .orElseThrow();
  }
}
