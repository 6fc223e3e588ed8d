package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.Outcome;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods and Jobs of people who may make them, and no admission policy: none of them is believed. */
final class ForgeryIT {
  private static final String FORGED =
      "{\"applied\":1,\"total\":1,\"pending\":0,\"revisions\":[\"9.9.9\",\"1\"]}";

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

  /** A success of their own, with everything that the real pod has. */
  private void forge(SimulatedJob run, boolean controller) {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName(run.name())
            .withUid(run.job().getMetadata().getUid())
            .withController(controller)
            .build();
    var template = run.job().getSpec().getTemplate();
    var pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .editMetadata()
            .withName("forged")
            .withNamespace(stage.namespace)
            .addToAnnotations("sluice.dev/revision", "9.9.9")
            .withOwnerReferences(owner)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    succeeds(stage.person.resource(pod).create());
  }

  private void succeeds(Pod pod) {
    var status = SimulatedJob.ended(stage.person, 0, FORGED);
    stage
        .person
        .pods()
        .inNamespace(stage.namespace)
        .withName(pod.getMetadata().getName())
        .editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  private void neverReady() {
    TestNamespace.await()
        .during(Duration.ofSeconds(4))
        .untilAsserted(() -> {
          assertThat(TestNamespace.trueConditions(stage.status("shop"))).doesNotContain("Ready");
          assertThat(stage.status("shop").appliedRevisions()).isEmpty();
        });
  }

  @Test
  void aSecondPodOfARunningJobIsNotBelieved() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    stage.stands("shop", "Running");

    forge(run, true);
    neverReady();

    run.ends(20);
    neverReady();
    assertThat(stage.run(2).marks()).containsEntry("sluice.dev/attempt", "2");
  }

  @Test
  void aPodThatTheJobDoesNotControlIsNoneOfIt() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    forge(run, false);
    stage.stands("shop", "Running");

    run.ends(0, "{\"applied\":1,\"total\":1,\"pending\":0,\"revisions\":[\"1\"]}");

    assertThat(stage.stands("shop", "Applied").appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("1");
  }

  /** A Job that runs something else, with the annotations of one that was the operator's. */
  private void forgeJob(SimulatedJob like, String name, long number) {
    var real = like.job();
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(stage.namespace)
            .withLabels(real.getMetadata().getLabels())
            .withAnnotations(real.getMetadata().getAnnotations())
            .addToAnnotations("sluice.dev/run", Long.toString(number))
            .endMetadata()
            .withNewSpec()
            .withTemplate(real.getSpec().getTemplate())
            .endSpec()
            .build();
    var metadata = job.getSpec().getTemplate().getMetadata();
    metadata.getLabels().keySet().removeIf(l -> l.contains("job-name") || l.contains("controller"));
    job.getSpec().getTemplate().getSpec().getContainers().getFirst().setCommand(List.of("true"));
    new SimulatedJob(stage.person, stage.person.resource(job).create()).works().ends(0, FORGED);
  }

  @Test
  void aJobWithCopiedAnnotationsIsNotBelieved() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    run.ends(20);
    stage.stands("shop", "RunFailed");

    forgeJob(run, run.name().replaceFirst("-1$", "-2"), 2);
    forgeJob(run, "other", 3);

    neverReady();
    assertThat(stage.status("shop").history())
        .extracting(PastRun::outcome)
        .containsExactly(Outcome.Failed);
    assertThat(stage.jobs()).as("and nothing runs again by it").hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aJobThatIsMadeAnewUnderTheNameOfARunIsNotTheRun() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1);
    stage.stands("shop", "Starting");
    var again = run.copy();
    stage.person.resource(run.job()).delete();
    TestNamespace.await().until(run::gone);
    var forged = new SimulatedJob(stage.person, stage.person.resource(again).create());
    forged.works().ends(0, FORGED);

    TestNamespace.await()
        .until(() ->
            stage.status("shop").history().stream()
                .map(PastRun::outcome)
                .toList()
                .contains(Outcome.Lost));
    assertThat(stage.status("shop").appliedRevisions()).isEmpty();
  }
}
