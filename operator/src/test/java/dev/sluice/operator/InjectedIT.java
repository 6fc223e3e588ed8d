package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What others put into a run's pod neither keeps the run nor loses what its logs say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InjectedIT {
  private static final String MIGRATED =
      "{phase: Running, containerStatuses: [{name: agent, image: a, imageID: '', ready: true,"
          + " restartCount: 0, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}}, {name:"
          + " migrate, image: i, imageID: '', ready: false, restartCount: 0, state: {terminated:"
          + " {exitCode: %d, reason: x, finishedAt: '2026-01-01T00:00:12Z'}}}]}";

  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  private static void podIsEnded(SimulatedJob run) {
    await().until(() -> Long.valueOf(1).equals(run.podNow().getSpec().getActiveDeadlineSeconds()));
    assertThat(run.job().getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void aSidecarThatNeverEndsKeepsNeitherTheNextRevisionNorTheDeletion() {
    stage.apply(manifest("sidecar", "a/shop:1"));
    var first = stage.run("sidecar", 1).works().shows(MIGRATED.formatted(0));
    stage.stands("sidecar", "Applied");
    podIsEnded(first);
    first.done(false);

    stage.apply(manifest("sidecar", "a/shop:2"));
    var second = stage.run("sidecar", 2).works().shows(MIGRATED.formatted(20));
    var status = stage.stands("sidecar", "RunFailed");
    assertThat(status.appliedRevisions()).extracting(a -> a.revision()).containsExactly("1");
    stage.delete("sidecar");
    podIsEnded(second);
    second.done(false);

    await().until(() -> stage.gone("sidecar"));
  }

  @Test
  void anInitContainerThatHangsIsNamedAndItsLogStays() {
    stage.apply(manifest("hung", "a/shop:1").replace("attempts: 2", "attempts: 2, deadline: 30s"));
    var run =
        stage
            .run("hung", 1)
            .pending()
            .shows(
                "{phase: Pending, conditions: [{type: PodScheduled, status: 'True'}],"
                    + " initContainerStatuses: [{name: mesh, image: m, imageID: '', ready: false,"
                    + " restartCount: 0, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}}],"
                    + " containerStatuses: [{name: migrate, image: i, imageID: '', ready: false,"
                    + " restartCount: 0, state: {waiting: {reason: PodInitializing}}}]}");
    stage.stands("hung", "WaitingForInjectedContainer");
    podIsEnded(run);
    run.shows(
            "{phase: Failed, reason: DeadlineExceeded, conditions: [{type: PodScheduled, status:"
                + " 'True'}], initContainerStatuses: [{name: mesh, image: m, imageID: '', ready:"
                + " false, restartCount: 0, state: {terminated: {exitCode: 143}}}]}")
        .done(false);

    var status = stage.stands("hung", "DeadlineExceeded");
    assertThat(status.conditions().getFirst().message())
        .contains("WaitingForInjectedContainer", "the init container mesh");
    stage.quiet("hung");
    assertThat(run.podNow()).isNotNull();
    assertThat(run.gone()).isFalse();
  }
}
