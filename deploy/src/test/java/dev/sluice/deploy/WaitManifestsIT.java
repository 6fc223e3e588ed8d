package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The component and the library chart give the init container, and rights that suffice. */
final class WaitManifestsIT {
  private static final Path EXAMPLE = Path.of("examples/wait");
  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;
  private static Path folder = Path.of("");

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server = LocalApiServer.start(folder);
    client = server.client();
    client().resource(Manifests.object(Manifests.trees(Folders.CRD).getFirst())).serverSideApply();
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

  private static String rendered(String tool) throws IOException, InterruptedException {
    return tool.equals("helm")
        ? WaitManifests.helm(folder, Map.of())
        : WaitManifests.kustomize(server(), EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm", "kustomize"})
  void itsAccountMayReadWhatItWaitsForAndNoMore(String tool)
      throws IOException, InterruptedException {
    var manifests = rendered(tool);
    assertThat(Manifests.one(Role.class, manifests).getRules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.getApiGroups()).containsExactly("sluice.dev"))
        .satisfies(rule -> assertThat(rule.getResources()).containsExactly("databasemigrations"))
        .satisfies(rule -> assertThat(rule.getResourceNames()).containsExactly("shop"))
        .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get", "watch"));
    var binding = Manifests.one(RoleBinding.class, manifests);
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getName()).isEqualTo("shop"))
        .satisfies(subject -> assertThat(subject.getNamespace()).isEqualTo("shop"));
    assertThat(binding.getRoleRef().getName())
        .isEqualTo(Manifests.one(Role.class, manifests).getMetadata().getName());
  }

  @Test
  void bothGiveTheSameContainer() throws IOException, InterruptedException {
    var kustomized = container(rendered("kustomize"));
    var variable = kustomized.getEnv().getFirst();
    assertThat(kustomized.getArgs()).containsExactly("$(" + variable.getName() + ")");
    assertThat(variable.getValueFrom().getFieldRef().getFieldPath())
        .isEqualTo("metadata.annotations['sluice.dev/requires']");
    var helmed = container(rendered("helm"));
    assertThat(helmed.getArgs()).containsExactly("shop@1.42.0");
    assertThat(new ContainerBuilder(kustomized).withArgs(helmed.getArgs()).withEnv().build())
        .isEqualTo(helmed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm", "kustomize"})
  void whereItIsAppliedItWaitsAndPasses(String tool) throws IOException, InterruptedException {
    var team = TeamNamespace.of(client(), tool, folder);
    strict(team);
    for (var tree :
        Manifests.trees(rendered(tool).replace("namespace: shop", "namespace: " + tool))) {
      apply(team, Manifests.object(tree));
    }
    team.account(TeamNamespace.ACCOUNT);
    team.wants("shop", "1.42.0");
    team.wants("billing", "1.42.0");
    try (var waiter = Waiter.start(team.environment(), "shop@1.42.0").says("hasn't looked");
        var other = Waiter.start(team.environment(), "billing@1.42.0").says("may not read it")) {
      team.applied("shop", "1.42.0");
      waiter.ends(0);
      assertThat(waiter.lines()).noneMatch(line -> line.contains("may not"));
      assertThat(other.exit()).isEmpty();
    }
  }

  @Test
  void helmNamesEveryMigrationInTheRole() {
    var manifests =
        WaitManifests.helm(folder, Map.of("requires", "shop@1.42.0\\, billing@7\\,shop@1.41.0"));
    assertThat(Manifests.one(Role.class, manifests).getRules())
        .singleElement()
        .extracting(PolicyRule::getResourceNames)
        .isEqualTo(List.of("shop", "billing"));
  }

  @ParameterizedTest
  @CsvSource({"requires, 'say what', ''", "waitImage, 'give an image', ''"})
  void helmSaysWhatIsMissing(String value, String words, String nothing) {
    assertThatThrownBy(() -> WaitManifests.helm(folder, Map.of(value, nothing)))
        .hasMessageContaining(words);
  }

  @Test
  void kustomizeKeepsOtherInitContainersBehindIt(@TempDir Path scratch)
      throws IOException, InterruptedException {
    WaitManifests.copy(Path.of("wait"), scratch.resolve("wait"));
    WaitManifests.copy(EXAMPLE, scratch.resolve("examples/wait"));
    var application = scratch.resolve("examples/wait/application.yaml");
    Files.writeString(
        application,
        Files.readString(application)
            .replace(
                "      containers:",
                "      initContainers: [{name: other, image: other}]\n      containers:"));
    var manifests = WaitManifests.kustomize(server(), scratch.resolve("examples/wait"));
    assertThat(
            Manifests.one(Deployment.class, manifests)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers())
        .extracting(Container::getName)
        .containsExactly("sluice-wait", "other");
  }

  private static Container container(String manifests) {
    var pod = Manifests.one(Deployment.class, manifests).getSpec().getTemplate().getSpec();
    return pod.getInitContainers().getFirst();
  }

  /**
   * The application of the example is no image of ours: only what is added has to be restricted.
   */
  private static void apply(TeamNamespace team, HasMetadata object) {
    client().resource(object).inNamespace(team.namespace()).forceConflicts().serverSideApply();
    if (object instanceof Deployment deployment) {
      var spec = deployment.getSpec().getTemplate().getSpec();
      var pod =
          new PodBuilder()
              .withNewMetadata()
              .withName("pod")
              .withNamespace(team.namespace())
              .withAnnotations(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
              .endMetadata()
              .withNewSpec()
              .withContainers(spec.getInitContainers())
              .endSpec()
              .build();
      assertThat(client().resource(pod).dryRun().create()).isNotNull();
    }
  }

  private static void strict(TeamNamespace team) {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(team.namespace())
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  private static LocalApiServer server() {
    return Objects.requireNonNull(server);
  }

  private static KubernetesClient client() {
    return Objects.requireNonNull(client);
  }
}
