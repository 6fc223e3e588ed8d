package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods with our scheduling gate, on a real API server. */
final class GateIT {
  private static final String OURS = "sluice.dev/migration";

  private final TestNamespace stage = new TestNamespace();

  @AfterEach
  void end() {
    stage.close();
  }

  private Pod pod(String name, String requires) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(stage.namespace)
            .addToAnnotations("sluice.dev/requires", requires)
            .addToAnnotations("team", "ann")
            .endMetadata()
            .withNewSpec()
            .addNewSchedulingGate("example.com/first")
            .addNewSchedulingGate(OURS)
            .addNewContainer()
            .withName("app")
            .withImage("app:1")
            .endContainer()
            .endSpec()
            .build();
    return stage.person.resource(pod).create();
  }

  private Pod now(String name) {
    return stage.person.pods().inNamespace(stage.namespace).withName(name).require();
  }

  private List<String> gates(String name) {
    return now(name).getSpec().getSchedulingGates().stream()
        .map(PodSchedulingGate::getName)
        .toList();
  }

  private void passes(String name) {
    TestNamespace.await().until(() -> !gates(name).contains(OURS));
  }

  private void hears(String name, String reason) {
    TestNamespace.await().until(() -> stage.events(name).contains(reason));
  }

  private void staysShut(String name) {
    TestNamespace.stays(Duration.ofSeconds(3), () -> gates(name).contains(OURS));
  }

  private void applied(long run) {
    stage.run(run).works().ends(0);
    stage.stands("shop", "Applied");
  }

  @Test
  void aPodPassesOnceItsRevisionIsAppliedAndNothingElseOfItChanges() {
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      stage.apply(manifest("shop", "a/shop:1.0"));
      var before = pod("app", "shop@1.0");
      hears("app", "WaitingForMigration");
      staysShut("app");

      applied(1);

      passes("app");
      hears("app", "MigrationGateOpened");
      var after = now("app");
      assertThat(gates("app")).containsExactly("example.com/first");
      assertThat(after.getMetadata().getAnnotations())
          .isEqualTo(before.getMetadata().getAnnotations());
      before.getSpec().setSchedulingGates(List.of());
      after.getSpec().setSchedulingGates(List.of());
      assertThat(after.getSpec()).isEqualTo(before.getSpec());
      assertThat(stage.events("app")).doesNotHaveDuplicates();
    }
  }

  /** Of an old release: what it requires was applied while the folder was elsewhere. */
  @Test
  void aPodPassesAfterTheFolderWasMovedAndTheNextRevisionFailed() {
    var one = manifest("shop", "a/shop:1.0").replace("root.yaml", "db/drizzle");
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      stage.apply(one);
      applied(1);
      stage.apply(one.replace("db/drizzle", "drizzle").replace("shop:1.0", "shop:2.0"));
      stage.run(2).works().ends(20);
      stage.stands("shop", "RunFailed");

      pod("old", "shop@1.0");

      passes("old");
    }
  }

  @Test
  void podsOfTheLastRevisionPassWhileTheNextFailsAndAfterARollBack() {
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      stage.apply(manifest("shop", "a/shop:1.0"));
      applied(1);
      stage.apply(manifest("shop", "a/shop:2.0"));
      pod("new", "shop@2.0");
      pod("old", "shop@1.0");
      passes("old");

      stage.run(2).works().ends(20);

      stage.stands("shop", "RunFailed");
      hears("new", "MigrationStalled");
      pod("rescheduled", "shop@1.0");
      passes("rescheduled");
      stage.apply(manifest("shop", "a/shop:1.0"));
      stage.stands("shop", "Applied");
      pod("back", "shop@1.0");
      passes("back");
      hears("new", "RevisionNotWanted");
      staysShut("new");
    }
  }

  @Test
  void whatCannotComeIsSaidAndPassesWhenItComesAfterAll() {
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      pod("early", "shop@1.0");
      pod("typo", "shop:1.0");
      pod("foreign", "team/shop@1.0");
      hears("early", "MigrationMissing");
      hears("typo", "RequirementInvalid");
      hears("foreign", "RequirementInvalid");

      stage.apply(manifest("shop", "a/shop:1.0"));
      applied(1);

      passes("early");
      staysShut("typo");
      stage
          .person
          .pods()
          .inNamespace(stage.namespace)
          .withName("typo")
          .edit(p ->
              new PodBuilder(p)
                  .editMetadata()
                  .addToAnnotations("sluice.dev/requires", "shop@1.0")
                  .endMetadata()
                  .build());
      passes("typo");
      assertThat(gates("foreign")).contains(OURS);
    }
  }

  /** A policy of somebody else's, as webhooks have. */
  @Test
  void whatTheApiServerRefusesIsSaidAndThePodPassesOnceItMay()
      throws IOException, InterruptedException {
    var policy =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          failurePolicy: Fail
          matchConstraints:
            resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [UPDATE], resources: [pods]}]
          validations: [{expression: 'false', message: nobody changes pods today}]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec:
          policyName: %1$s
          validationActions: [Deny]
          matchResources:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
        """
            .formatted(stage.namespace);
    var loaded =
        stage.person.load(new ByteArrayInputStream(policy.getBytes(StandardCharsets.UTF_8)));
    loaded.create();
    try (var operator = stage.operator()) {
      stage.apply(manifest("shop", "a/shop:1.0"));
      var pod = pod("app", "shop@1.0");
      TestNamespace.await().until(() -> isDenied(pod));
      applied(1);

      hears("app", "GateOpeningRefused");
      assertThat(stage.notes("app", "GateOpeningRefused").getFirst())
          .contains("shop@1.0 is applied, but", "nobody changes pods today");
      assertThat(MetricsScrape.of(operator))
          .contains("sluice_gate_pods{reason=\"GateOpeningRefused\"} 1");
      loaded.delete();
      passes("app");
      TestNamespace.await()
          .untilAsserted(() ->
              assertThat(MetricsScrape.of(operator))
                  .contains("sluice_gate_pods{reason=\"GateOpeningRefused\"} 0"));
    } finally {
      loaded.delete();
    }
  }

  private boolean isDenied(Pod pod) {
    try {
      stage
          .person
          .resource(pod)
          .dryRun()
          .patch(
              PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("nobody changes pods");
    }
  }

  @Test
  void aNewHostHasNothingYet() {
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      stage.apply(manifest("shop", "a/shop:1.0"));
      applied(1);
      stage.apply(manifest("shop", "a/shop:1.0").replace("db.example", "db2.example"));
      stage.run(2);
      pod("app", "shop@1.0");
      hears("app", "WaitingForMigration");
      staysShut("app");

      applied(2);

      passes("app");
    }
  }

  @Test
  void severalAreRequiredTogetherAndAnOperatorThatWasAwayLetsThemPass()
      throws IOException, InterruptedException {
    try (var operator = stage.operator()) {
      stage.apply(manifest("shop", "a/shop:1.0"));
      applied(1);
      stage.apply(manifest("billing", "a/billing:7"));
      pod("app", "shop@1.0,billing@7");
      hears("app", "WaitingForMigration");
      assertThat(MetricsScrape.of(operator))
          .contains("sluice_gate_pods{reason=\"WaitingForMigration\"} 1")
          .containsPattern("sluice_gate_longest_wait_seconds [0-9]");
    }
    stage.run("billing", 1).works().ends(0);
    staysShut("app");
    try (var operator = stage.operator()) {
      passes("app");
      TestNamespace.await()
          .untilAsserted(() ->
              assertThat(MetricsScrape.of(operator))
                  .contains(
                      "sluice_gate_pods{reason=\"WaitingForMigration\"} 0",
                      "sluice_gate_longest_wait_seconds 0"));
    }
  }
}
