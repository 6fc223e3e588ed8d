package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a pod that says what it requires, and has no gate. */
final class UngatedPolicyIT {
  private static final String GATE = "sluice.dev/migration";
  private static final String REQUIRES = "annotations: {sluice.dev/requires: shop@1}";
  private static final String REFUSED = "needs the scheduling gate sluice.dev/migration";

  /** As an API server of 1.36 has it. */
  private static final List<String> MUTATING =
      List.of(
          "--feature-gates=MutatingAdmissionPolicy=true",
          "--runtime-config=admissionregistration.k8s.io/v1beta1=true");

  @TempDir Path folder = Path.of(".");

  private static void install(LocalApiServer server, String ungated) {
    CHART.install(
        new Installation("sluice", "sluice-system", Map.of("gate.ungated", ungated), List.of()),
        server.kubeconfig(),
        Optional.empty());
  }

  private static Pod pod(String name, String metadata, String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default, %s}
        spec: {containers: [{name: app, image: 'app:1'}], %s}
        """
            .formatted(name, metadata, spec),
        Pod.class);
  }

  private static List<String> gates(Pod pod) {
    return pod.getSpec().getSchedulingGates().stream().map(PodSchedulingGate::getName).toList();
  }

  private static boolean isRefused(KubernetesClient client) {
    try {
      client.resource(pod("try", REQUIRES, "")).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains(REFUSED);
    }
  }

  /** Pods that are none of its business. */
  private static void othersAreLeftAlone(KubernetesClient client) {
    assertThat(gates(client.resource(pod("plain", "labels: {a: b}", "")).create())).isEmpty();
    assertThat(gates(client.resource(pod("bound", REQUIRES, "nodeName: node-1")).create()))
        .isEmpty();
    var waits =
        "initContainers: [{name: wait, image: 'w:1', env: [{name: R, valueFrom: {fieldRef:"
            + " {fieldPath: \"metadata.annotations['sluice.dev/requires']\"}}}]}]";
    assertThat(gates(client.resource(pod("waits", REQUIRES, waits)).create())).isEmpty();
    var gated = "schedulingGates: [{name: sluice.dev/migration}]";
    assertThat(gates(client.resource(pod("gated", REQUIRES, gated)).create()))
        .containsExactly(GATE);
  }

  @Test
  void theGateIsAdded() throws IOException {
    try (var server = LocalApiServer.start(folder, MUTATING);
        var client = server.client()) {
      install(server, "Add");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() ->
              gates(client.resource(pod("try", REQUIRES, "")).dryRun().create()).contains(GATE));

      var foreign = "schedulingGates: [{name: example.com/quota}]";
      assertThat(gates(client.resource(pod("two", REQUIRES, foreign)).create()))
          .containsExactlyInAnyOrder("example.com/quota", GATE);
      othersAreLeftAlone(client);
    }
  }

  @Test
  void whereTheApiServerCannotAddItThePodIsRefused() throws IOException {
    try (var server = LocalApiServer.start(folder);
        var client = server.client()) {
      install(server, "Add");
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isRefused(client));

      assertThatThrownBy(() -> client.resource(pod("ungated", REQUIRES, "")).create())
          .hasMessageContaining(REFUSED);
      othersAreLeftAlone(client);
      install(server, "Allow");
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isRefused(client));
    }
  }
}
