package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Who may make what looks like a run: the operator its Job, the Job controller its pod. */
final class RunPolicyIT {
  private static final String OPERATOR = "system:serviceaccount:sluice-system:sluice";
  private static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";
  private static final String KUBELET = "system:node:node-1";

  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient person;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    server = LocalApiServer.start(folder);
    person = server.client();
    CHART.install(
        new Installation("sluice", "sluice-system", Map.of(), List.of()),
        server.kubeconfig(),
        Optional.empty());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> isRefused(job("first")) && isRefused(pod("first", true)));
  }

  @AfterAll
  static void stop() throws IOException {
    if (person != null) {
      person.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theOperatorMakesJobsAndTheJobControllerTheirPods() {
    try (var operator = as(OPERATOR);
        var controller = as(JOB_CONTROLLER)) {
      assertThat(operator.resource(job("made")).create()).isNotNull();
      assertThat(controller.resource(pod("made", true)).create()).isNotNull();
      assertThatThrownBy(() -> controller.resource(job("by-its-controller")).create())
          .hasMessageContaining("only the Sluice operator makes Jobs");
      assertThatThrownBy(() -> operator.resource(pod("by-the-operator", true)).create())
          .hasMessageContaining("only the Job controller makes pods");
    }
  }

  @Test
  void aPersonMakesNeither() {
    assertThatThrownBy(() -> person().resource(job("forged")).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("only the Sluice operator makes Jobs");
    assertThatThrownBy(() -> person().resource(pod("forged", true)).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("only the Job controller makes pods");
  }

  /** Its pods would come from the Job controller. */
  @Test
  void noJobOfOthersMakesPodsWithTheLabel() {
    var job = job("template");
    job.getMetadata().setLabels(Map.of());
    job.getMetadata().setAnnotations(Map.of());

    assertThatThrownBy(() -> person().resource(job).create())
        .hasMessageContaining("only the Sluice operator makes Jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\": {\"labels\": {\"sluice.dev/migration\": \"other\"}}}",
        "{\"metadata\": {\"labels\": {\"sluice.dev/migration\": null, \"a\": \"b\"}}}",
        "{\"metadata\": {\"annotations\": {\"sluice.dev/revision\": \"9.9.9\"}}}",
        "{\"metadata\": {\"annotations\": {\"sluice.dev/uid\": null}}}",
        "{\"metadata\": {\"ownerReferences\": [{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\","
            + " \"name\": \"x\", \"uid\": \"x\", \"controller\": true}]}}"
      })
  void whatIsThereStaysWhatItIs(String change) {
    var name = "kept-" + Integer.toHexString(change.hashCode());
    try (var operator = as(OPERATOR);
        var controller = as(JOB_CONTROLLER);
        var kubelet = as(KUBELET)) {
      var job = operator.resource(job(name)).create();
      var pod = controller.resource(pod(name, true)).create();

      for (var client : List.of(person(), kubelet)) {
        assertThatThrownBy(() -> patch(client, job, change))
            .hasMessageContaining("only the Sluice operator");
        assertThatThrownBy(() -> patch(client, pod, change))
            .hasMessageContaining("only the Job controller");
      }
    }
  }

  @Test
  void nothingElseBecomesOne() {
    var label =
        "{\"metadata\": {\"labels\": {\"sluice.dev/migration\": \"shop\"}, \"annotations\":"
            + " {\"sluice.dev/uid\": \"u\"}}}";
    var pod = person().resource(pod("plain", false)).create();

    assertThatThrownBy(() -> patch(person(), pod, label))
        .hasMessageContaining("only the Job controller makes pods");
  }

  /**
   * Kubelet, controllers and people go on: statuses, finalizers, their own annotations, the end.
   */
  @Test
  void whoeverTendsToThemStillMay() {
    try (var operator = as(OPERATOR);
        var controller = as(JOB_CONTROLLER);
        var kubelet = as(KUBELET)) {
      var job = operator.resource(job("tended")).create();
      var pod = controller.resource(pod("tended", true)).create();

      assertThatCode(
              () -> {
                patch(
                    kubelet, pod, "{\"metadata\": {\"annotations\": {\"example.com/a\": \"b\"}}}");
                patch(kubelet, pod, "{\"metadata\": {\"finalizers\": [\"example.com/hold\"]}}");
                patch(kubelet, pod, "{\"metadata\": {\"finalizers\": null}}");
                kubelet
                    .resource(pod)
                    .subresource("status")
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"phase\": \"Running\"}}");
                patch(
                    kubelet, job, "{\"metadata\": {\"annotations\": {\"example.com/a\": \"b\"}}}");
                patch(
                    operator,
                    job,
                    "{\"metadata\": {\"ownerReferences\": [{\"apiVersion\":"
                        + " \"sluice.dev/v1alpha1\", \"kind\": \"DatabaseMigration\", \"name\":"
                        + " \"shop\", \"uid\": \"u\"}]}}");
                patch(kubelet, job, "{\"metadata\": {\"ownerReferences\": null}}");
                person().resource(pod).withGracePeriod(0).delete();
                person().resource(job).delete();
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatHasNothingToDoWithRunsIsLeftAlone() {
    assertThat(person().resource(pod("elsewhere", false)).create()).isNotNull();
  }

  private static void patch(KubernetesClient client, HasMetadata object, String change) {
    client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  /** With every right, so that the policies alone decide. */
  private static KubernetesClient as(String user) {
    try {
      var config = Files.readString(Objects.requireNonNull(server).kubeconfig());
      return new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.fromKubeconfig(config))
                  .withImpersonateUsername(user)
                  .withImpersonateGroups("system:masters")
                  .build())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRefused(HasMetadata object) {
    try {
      person().resource(object).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("only the ");
    }
  }

  private static Job job(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels("sluice.dev/migration", "shop")
        .addToAnnotations("sluice.dev/uid", "u")
        .endMetadata()
        .withNewSpec()
        .withTemplate(
            new PodTemplateSpecBuilder()
                .withMetadata(pod(name, true).getMetadata())
                .withSpec(pod(name, true).getSpec())
                .editMetadata()
                .withName(null)
                .withNamespace(null)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  private static Pod pod(String name, boolean ofARun) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .withLabels(ofARun ? Map.of("sluice.dev/migration", "shop") : Map.of("app", "shop"))
        .withAnnotations(ofARun ? Map.of("sluice.dev/uid", "u") : Map.of())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName("migrate")
        .withImage("shop:1")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }

  private static KubernetesClient person() {
    return Objects.requireNonNull(person);
  }
}
