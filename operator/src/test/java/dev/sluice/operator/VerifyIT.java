package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Ready migration whose database was restored or made anew, and revisions that nobody knows. */
final class VerifyIT {
  private static final String FAILED =
      "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"exists\"}}";

  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeEach
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterEach
  void stop() {
    operator.close();
    stage.close();
  }

  private void applied(String revision, long run) {
    stage.apply(manifest("shop", "a/shop:" + revision));
    stage.run(run).works().ends(0);
    stage.stands("shop", "Applied");
    stage.quiet("shop");
  }

  private void retry(String token) {
    stage
        .person
        .resource(stage.migration("shop"))
        .edit(m -> {
          m.getMetadata().getAnnotations().put("sluice.dev/retry", token);
          return m;
        });
  }

  private static Map<String, String> environment(SimulatedJob run) {
    return run.job().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(v -> v.getValue() != null)
        .collect(Collectors.toMap(v -> v.getName(), v -> v.getValue()));
  }

  @Test
  void aRetryOfAReadyMigrationAsksTheDatabase() {
    applied("1", 1);
    applied("2", 2);

    retry("restored");
    stage.stands("shop", "Verifying");
    var run = stage.run(3);
    assertThat(environment(run)).containsEntry("SLUICE_REQUIRED_REVISIONS", "2,1");
    run.works().ends(20, FAILED);
    var failed = stage.stands("shop", "ChangeSetFailed");
    assertThat(TestNamespace.trueConditions(failed)).containsExactly("Stalled");
    assertThat(failed.appliedRevisions())
        .as("nobody has said that they are gone")
        .extracting(AppliedRevision::revision)
        .containsExactly("2", "1");
    stage.quiet("shop");

    retry("again");
    stage
        .run(4)
        .works()
        .ends(0, "{\"applied\":2,\"total\":2,\"pending\":0,\"requiredRevisions\":\"10\"}");
    assertThat(stage.stands("shop", "Applied").appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("2");
    stage.quiet("shop");
  }

  @Test
  void aRollBackMeanwhileIsVerifiedAsWell() {
    applied("1", 1);
    applied("2", 2);
    retry("restored");
    var run = stage.run(3).works();
    stage.stands("shop", "Verifying");
    stage.apply(manifest("shop", "a/shop:1"));
    stage.stands("shop", "OlderRunEnds");
    run.ends(20, FAILED);

    stage.run(4).works().ends(0);
    assertThat(stage.stands("shop", "Applied").appliedRevision()).isEqualTo("1");
  }

  /** No pod starts a run; a run that happens anyway answers for those that wait. */
  @Test
  void aPodOfARevisionThatIsForgottenStartsOnceARunHasFoundIt() {
    applied("7", 1);
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("old")
            .withNamespace(stage.namespace)
            .addToAnnotations("sluice.dev/requires", "shop@3")
            .endMetadata()
            .withNewSpec()
            .addNewSchedulingGate("sluice.dev/migration")
            .addNewContainer()
            .withName("app")
            .withImage("app:1")
            .endContainer()
            .endSpec()
            .build();
    stage.person.resource(pod).create();
    await().until(() -> stage.events("old").contains("RevisionNotWanted"));
    assertThat(stage.notes("old", "RevisionNotWanted").getFirst())
        .contains("unknown to shop", "sluice.dev/retry");
    TestNamespace.stays(Duration.ofSeconds(3), () -> stage.jobs().size() == 1);

    retry("asked");
    var run = stage.run(2);
    assertThat(environment(run)).containsEntry("SLUICE_REQUIRED_REVISIONS", "7,3");
    run.works().ends(0, "{\"applied\":0,\"total\":9,\"pending\":0,\"requiredRevisions\":\"11\"}");

    await()
        .until(() ->
            stage
                .person
                .pods()
                .inNamespace(stage.namespace)
                .withName("old")
                .require()
                .getSpec()
                .getSchedulingGates()
                .isEmpty());
  }
}
