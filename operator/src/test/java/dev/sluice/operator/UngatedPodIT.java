package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pods that were made to wait, and whose gate isn't there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UngatedPodIT {
  private final TestNamespace stage = new TestNamespace();
  private SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  private Pod pod(String name, String metadata, String spec) {
    var manifest =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: %s, %s}
        spec: {containers: [{name: app, image: 'app:1'}], %s}
        """
            .formatted(name, stage.namespace, metadata, spec);
    return stage.person.resource(Serialization.unmarshal(manifest, Pod.class)).create();
  }

  private static String requires(String revisions) {
    return "annotations: {sluice.dev/requires: '" + revisions + "'}";
  }

  /** As the scheduler does, within milliseconds of the pod's creation. */
  private void bind(String name) {
    stage
        .person
        .bindings()
        .inNamespace(stage.namespace)
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName("node-1")
                .endTarget()
                .build())
        .create();
  }

  private String hears(String name, String reason) {
    TestNamespace.await().until(() -> !stage.notes(name, reason).isEmpty());
    return stage.notes(name, reason).getFirst();
  }

  private void hearsNothing(String name) {
    TestNamespace.stays(Duration.ofSeconds(4), () -> !stage.events(name).contains("GateMissing"));
  }

  @Test
  void oneWithoutTheGateIsWarnedOfAlsoWhereItHasANodeBeforeAnybodyLooks() {
    for (var n = 0; n < 10; n++) {
      pod("quick-" + n, requires("shop@1"), "");
      bind("quick-" + n);
    }

    for (var n = 0; n < 10; n++) {
      assertThat(hears("quick-" + n, "GateMissing"))
          .contains(
              "doesn't wait for shop@1",
              "the scheduling gate sluice.dev/migration in the pod template's spec.schedulingGates",
              "there is no DatabaseMigration shop in this namespace");
    }
    assertThat(stage.notes("quick-0", "GateMissing")).hasSize(1);
  }

  @Test
  void aMisspeltGateIsNamed() {
    pod("typo", requires("shop@1"), "schedulingGates: [{name: sluice.dev/migratoin}]");

    assertThat(hears("typo", "GateMissing"))
        .contains(
            "sluice.dev/migratoin, which Sluice doesn't open: its own is sluice.dev/migration");
  }

  @Test
  void aGateOfSomebodyElsesIsNoneOfOurs() {
    pod("foreign", "labels: {a: b}", "schedulingGates: [{name: example.com/quota}]");
    hearsNothing("foreign");
  }

  @Test
  void anInitContainerThatWaitsIsGateEnough() {
    pod(
        "patient",
        requires("shop@1"),
        "initContainers: [{name: wait, image: 'w:1', env: [{name: SLUICE_REQUIRES, valueFrom:"
            + " {fieldRef: {fieldPath: \"metadata.annotations['sluice.dev/requires']\"}}}]}]");
    hearsNothing("patient");
  }

  /** It may stay without a node for long, and the operator that opened its gate may be gone. */
  @Test
  void oneThatHasPassedIsNotWarnedOf() {
    stage.apply(manifest("passed", "a/shop:1"));
    stage.run("passed", 1).works().ends(0);
    stage.stands("passed", "Applied");
    pod("passed", requires("passed@1"), "schedulingGates: [{name: sluice.dev/migration}]");
    hears("passed", "MigrationGateOpened");

    operator.close();
    operator = stage.operator();
    stage
        .person
        .pods()
        .inNamespace(stage.namespace)
        .withName("passed")
        .edit(p -> {
          p.getMetadata().getAnnotations().put("touched", "yes");
          return p;
        });

    hearsNothing("passed");
    bind("passed");
    hearsNothing("passed");
  }

  @Test
  void thePodOfAStatefulSetIsToldWhatARollBackNeeds() {
    pod(
        "web-2",
        requires("nowhere@2")
            + ", ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u,"
            + " controller: true}]",
        "schedulingGates: [{name: sluice.dev/migration}]");

    assertThat(hears("web-2", "MigrationMissing"))
        .contains(
            "after a roll-back of StatefulSet web delete this pod", "kubectl delete pod web-2");
  }
}
