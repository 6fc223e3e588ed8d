package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator's account may change of a pod: its own gate. */
final class GatePolicyIT {
  private static final String OPERATOR = "system:serviceaccount:sluice-system:sluice";
  private static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";
  private static final String OPEN =
      """
      [{"op": "test", "path": "/spec/schedulingGates/1", "value": {"name": "sluice.dev/migration"}},
       {"op": "remove", "path": "/spec/schedulingGates/1"}]
      """;

  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient person;
  private static @Nullable KubernetesClient operator;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    person = server.client();
    CHART.install(
        new Installation("sluice", "sluice-system", Map.of(), List.of()),
        server.kubeconfig(),
        Optional.empty());
    operator = as(OPERATOR);
    var first = pod("first");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> refused(first, "{\"metadata\": {\"labels\": {\"x\": \"y\"}}}"));
  }

  private static KubernetesClient as(String user) throws IOException {
    var kubeconfig = Objects.requireNonNull(server).kubeconfig();
    var config =
        new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .withImpersonateUsername(user)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void stop() throws IOException {
    if (operator != null) {
      operator.close();
    }
    if (person != null) {
      person.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static Pod pod(String name) {
    return person()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("app", "shop")
                .addToAnnotations("sluice.dev/requires", "shop@1")
                .endMetadata()
                .withNewSpec()
                .addNewSchedulingGate("example.com/other")
                .addNewSchedulingGate("sluice.dev/migration")
                .addNewContainer()
                .withName("app")
                .withImage("app:1")
                .endContainer()
                .addNewInitContainer()
                .withName("init")
                .withImage("init:1")
                .endInitContainer()
                .endSpec()
                .build())
        .create();
  }

  @Test
  void itsGateMayGo() {
    var pod = pod("gated");

    operator().resource(pod).patch(PatchContext.of(PatchType.JSON), OPEN);

    assertThat(person().resource(pod).get().getSpec().getSchedulingGates())
        .singleElement()
        .satisfies(gate -> assertThat(gate.getName()).isEqualTo("example.com/other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\": {\"labels\": {\"app\": \"other\"}}}",
        "{\"metadata\": {\"labels\": null}}",
        "{\"metadata\": {\"annotations\": {\"sluice.dev/requires\": \"shop@0\"}}}",
        "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}",
        "{\"metadata\": {\"ownerReferences\": [{\"apiVersion\": \"v1\", \"kind\": \"Pod\","
            + " \"name\": \"x\", \"uid\": \"x\"}]}}",
        "{\"spec\": {\"containers\": [{\"name\": \"app\", \"image\": \"evil:1\"}]}}",
        "{\"spec\": {\"initContainers\": [{\"name\": \"init\", \"image\": \"evil:1\"}]}}",
        "{\"spec\": {\"activeDeadlineSeconds\": 1}}",
        "{\"spec\": {\"nodeSelector\": {\"disk\": \"ssd\"}}}",
        "{\"spec\": {\"affinity\": {\"nodeAffinity\":"
            + " {\"requiredDuringSchedulingIgnoredDuringExecution\": {\"nodeSelectorTerms\":"
            + " [{\"matchExpressions\": [{\"key\": \"a\", \"operator\": \"Exists\"}]}]}}}}}",
        "{\"spec\": {\"schedulingGates\": [{\"name\": \"sluice.dev/migration\"}]}}",
        "{\"spec\": {\"schedulingGates\": []}}"
      })
  void anythingElseMayNot(String change) {
    var pod = pod("pod-" + Integer.toHexString(change.hashCode()));

    assertThatThrownBy(
            () -> operator().resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), change))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("the operator may");
  }

  /** So it ends the pod of a run that is over. */
  @Test
  void aPodOfARunMayGetADeadline() throws IOException {
    try (var controller = as(JOB_CONTROLLER)) {
      var pod =
          controller
              .resource(
                  new PodBuilder()
                      .withNewMetadata()
                      .withName("of-a-run")
                      .withNamespace("default")
                      .addToLabels("sluice.dev/migration", "shop")
                      .endMetadata()
                      .withNewSpec()
                      .addNewContainer()
                      .withName("migrate")
                      .withImage("shop:1")
                      .endContainer()
                      .endSpec()
                      .build())
              .create();

      operator()
          .resource(pod)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"activeDeadlineSeconds\": 1}}");

      assertThat(person().resource(pod).get().getSpec().getActiveDeadlineSeconds()).isEqualTo(1);
    }
  }

  @Test
  void tolerationsMayNotGrow() {
    var pod = pod("tolerant");
    var more =
        "[{\"op\": \"add\", \"path\": \"/spec/tolerations/-\", \"value\": {\"operator\":"
            + " \"Exists\"}}]";

    assertThatThrownBy(() -> operator().resource(pod).patch(PatchContext.of(PatchType.JSON), more))
        .hasMessageContaining("the operator may");
  }

  @Test
  void othersAreNotHeldToIt() {
    var pod = pod("others");

    person()
        .resource(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"app\": \"other\"}}}");

    assertThat(person().resource(pod).get().getMetadata().getLabels())
        .containsEntry("app", "other");
  }

  private static boolean refused(Pod pod, String change) {
    try {
      operator().resource(pod).dryRun().patch(PatchContext.of(PatchType.JSON_MERGE), change);
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("the operator may");
    }
  }

  private static KubernetesClient person() {
    return Objects.requireNonNull(person);
  }

  private static KubernetesClient operator() {
    return Objects.requireNonNull(operator);
  }
}
