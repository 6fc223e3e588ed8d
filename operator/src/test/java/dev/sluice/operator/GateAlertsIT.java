package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What alerts and events say of gates that stay shut. */
final class GateAlertsIT {
  private static final Path PAGE = Path.of("../docs/gate.md");

  private final TestNamespace stage = new TestNamespace();

  @AfterEach
  void end() {
    stage.close();
  }

  private void pod(String name, String requires, String owner) {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          annotations: {sluice.dev/requires: '%s'}
          ownerReferences: %s
        spec:
          schedulingGates: [{name: sluice.dev/migration}]
          containers: [{name: app, image: 'app:1'}]
        """
            .formatted(name, requires, owner);
    stage
        .person
        .resource(
            new PodBuilder(Serialization.unmarshal(pod, Pod.class))
                .editMetadata()
                .withNamespace(stage.namespace)
                .endMetadata()
                .build())
        .create();
  }

  @Test
  void podsAreCountedByTheReasonThatTheyWaitFor() throws IOException {
    try (var operator = stage.operator()) {
      stage.apply(manifest("shop", "a/shop:1.0"));
      pod("early", "shop@1.0", "[]");
      pod("lost", "none@1.0", "[]");
      pod("typo", "shop:1.0", "[]");
      pod("later", "shop@2.0", "[]");
      TestNamespace.await()
          .untilAsserted(() ->
              assertThat(MetricsScrape.of(operator))
                  .contains(
                      "sluice_gate_pods{reason=\"WaitingForMigration\"} 1",
                      "sluice_gate_pods{reason=\"MigrationMissing\"} 1",
                      "sluice_gate_pods{reason=\"RequirementInvalid\"} 1",
                      "sluice_gate_pods{reason=\"RevisionNotWanted\"} 1",
                      "sluice_gate_pods{reason=\"MigrationStalled\"} 0"));

      stage.run(1).works().ends(20);

      TestNamespace.await()
          .untilAsserted(() ->
              assertThat(MetricsScrape.of(operator))
                  .contains("sluice_gate_pods{reason=\"MigrationStalled\"} 1"));
      assertThat(PAGE)
          .content()
          .as("the alerts of the page ask for what there is")
          .satisfies(page -> {
            var asked =
                Pattern.compile("expr: .*").matcher(page).results().map(r -> r.group()).toList();
            assertThat(asked).isNotEmpty();
            var metrics = MetricsScrape.of(operator);
            for (var expression : asked) {
              words("sluice_[a-z_]+|(?<=[\"|])[A-Z][A-Za-z]+", expression)
                  .forEach(word -> assertThat(metrics).contains(word));
            }
          });
    }
  }

  private static Iterable<String> words(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(r -> r.group()).toList();
  }

  @Test
  void aDeploymentIsWarnedOnceThatItsOldPodsMayGo() {
    try (var operator = stage.operator()) {
      assertThat(operator.port()).isPositive();
      var set = rollOut("shop", "{type: RollingUpdate}", 2);
      pod("new-1", "shop@2", set);
      pod("new-2", "shop@2", set);
      pod("kept-1", "shop@2", rollOut("kept", "{rollingUpdate: {maxUnavailable: 0}}", 2));
      pod("first-1", "shop@2", rollOut("first", "{type: Recreate}", 1));

      TestNamespace.await().until(() -> stage.events("shop").contains("OldPodsAtRisk"));

      TestNamespace.await().until(() -> stage.events("kept-1").contains("MigrationMissing"));
      TestNamespace.await().until(() -> stage.events("first-1").contains("MigrationMissing"));
      TestNamespace.await().until(() -> stage.events("new-2").contains("MigrationMissing"));
      assertThat(stage.events("shop")).containsExactly("OldPodsAtRisk");
      assertThat(stage.events("kept")).isEmpty();
      assertThat(stage.events("first")).isEmpty();
    }
  }

  /** A Deployment of four with one new pod, as its controller leaves it; the new pods' owner. */
  private String rollOut(String name, String strategy, int template) {
    var selector =
        """
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec: {containers: [{name: app, image: 'app:2'}]}
        """
            .formatted(name);
    var deployment =
        create(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s}
            spec:
              replicas: 4
              strategy: %s
            """
                    .formatted(name, strategy)
                + selector,
            Deployment.class);
    deployment.setStatus(
        new DeploymentStatusBuilder()
            .withObservedGeneration(1L)
            .withReplicas(5)
            .withUpdatedReplicas(1)
            .build());
    stage.person.resource(deployment).updateStatus();
    var set =
        create(
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: %1$s-2
              annotations: {deployment.kubernetes.io/revision: '%2$d'}
              ownerReferences: %3$s
            spec:
              replicas: 1
            """
                    .formatted(
                        name,
                        template,
                        owner("Deployment", name, deployment.getMetadata().getUid()))
                + selector,
            ReplicaSet.class);
    return owner("ReplicaSet", name + "-2", set.getMetadata().getUid());
  }

  private <T extends HasMetadata> T create(String manifest, Class<T> kind) {
    var object = Serialization.unmarshal(manifest, kind);
    object.getMetadata().setNamespace(stage.namespace);
    return stage.person.resource(object).create();
  }

  private static String owner(String kind, String name, String uid) {
    return "[{apiVersion: apps/v1, kind: %s, name: %s, uid: %s, controller: true}]"
        .formatted(kind, name, uid);
  }
}
