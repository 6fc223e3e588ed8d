package dev.sluice.operator.job;

import static dev.sluice.operator.job.RunReadingTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.ObservedRun.Progress;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods into which a mesh, an agent or a queue has put something of its own. */
final class InjectedContainersTest {
  private static final String BOUND = "conditions: [{type: PodScheduled, status: 'True'}]";
  private static final String NEXT =
      "containerStatuses: [{name: migrate, state: {waiting: {reason: PodInitializing}}}]";
  private static final String SIDECAR = "{initContainers: [{name: mesh, restartPolicy: Always}]}";

  @Test
  void anInitContainerThatWorksIsWhatTheRunComesAfter() {
    assertThat(phase(withMesh("{running: {startedAt: '2026-01-01T00:00:00Z'}}")))
        .isInstanceOfSatisfying(
            Phase.Bound.class,
            bound ->
                assertThat(bound.before())
                    .extracting(Obstacle::kind, Obstacle::message)
                    .containsExactly(
                        Obstacle.Kind.INJECTED_CONTAINER,
                        "the init container mesh, which isn't Sluice's, has been at work since"
                            + " 2026-01-01T00:00:00Z, and the run's own start after it; its log"
                            + " says what it does"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image \"m\": ErrImagePull:"
            + " gone'}} | ImagePullFailed | container mesh, which isn't Sluice's: the image can't"
            + " be pulled: gone",
        "{waiting: {reason: CrashLoopBackOff, message: back-off 10s}} | ContainerCreateFailed |"
            + " container mesh, which isn't Sluice's: it ends each time right after its start; its"
            + " log says why",
        "{waiting: {reason: InvalidImageName, message: m}} | InvalidImageName | container mesh,"
            + " which isn't Sluice's: the node can't read its image's name: m"
      })
  void whatKeepsOneFromWorkingIsNamedWithIt(String state, String reason, String message) {
    assertThat(phase(withMesh(state)))
        .isInstanceOfSatisfying(
            Phase.Waiting.class,
            waiting ->
                assertThat(waiting.obstacle())
                    .extracting(Obstacle::reason, Obstacle::message)
                    .containsExactly(reason, message));
  }

  @Test
  void oneThatFailsEndsThePodAndIsNamed() {
    var failed =
        "{phase: Failed, initContainerStatuses: [{name: mesh, state: {terminated: {exitCode: 1,"
            + " reason: Error%s}}}], %s}";

    assertThat(end(failed.formatted(", message: no vault", NEXT)))
        .isEqualTo(
            new RunEnd.EndedByKubernetes(
                EndCause.Known.INJECTED_CONTAINER_FAILED,
                "the init container mesh, which isn't Sluice's, ended with exit code 1: no vault",
                null));
    assertThat(end(failed.formatted("", NEXT)))
        .extracting(e -> ((RunEnd.EndedByKubernetes) e).detail())
        .asString()
        .endsWith("ended with exit code 1; its log says why");
  }

  @ParameterizedTest
  @CsvSource({"true, false", ", false", "false, true"})
  void aSidecarHoldsTheRunBackOnlyUntilItHasStarted(String started, boolean held) {
    var status =
        "{%s, initContainerStatuses: [{name: mesh, started: %s, state: {running: {startedAt: x}}}], %s}"
            .formatted(BOUND, started == null ? "null" : started, NEXT);

    assertThat(RunReadingTest.phase(status, SIDECAR))
        .isInstanceOfSatisfying(
            Phase.Bound.class, bound -> assertThat(bound.before() != null).isEqualTo(held));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{running: {}}",
        "{terminated: {exitCode: 1}}",
        "{waiting: {reason: CrashLoopBackOff}}"
      })
  void oneBesideTheRunDecidesNothing(String state) {
    var status = "{containerStatuses: [{name: agent, state: %s}, {name: migrate, state: %s}]}";

    assertThat(phase(status.formatted(state, "{running: {}}")))
        .isEqualTo(new Phase.Working(null, Progress.MIGRATING));
    assertThat(end(status.formatted(state, "{terminated: {exitCode: 0}}")))
        .isInstanceOfSatisfying(RunEnd.Exited.class, exited -> assertThat(exited.code()).isZero());
  }

  /** The operator ended the pod, and not the Job with its log. */
  @Test
  void aPodThatIsEndedBeforeTheRunStartedNeverStarted() {
    assertThat(
            end(
                "{phase: Failed, reason: DeadlineExceeded, initContainerStatuses: [{name: mesh,"
                    + " state: {terminated: {exitCode: 143}}}], "
                    + NEXT
                    + "}"))
        .isInstanceOf(RunEnd.NeverStarted.class);
  }

  @Test
  void aSchedulingGateOfSomebodyElseIsNamed() {
    var gated =
        "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
            + " SchedulingGated}]}";

    assertThat(RunReadingTest.phase(gated, "{schedulingGates: [{name: queue.example/a}]}"))
        .isEqualTo(
            new Phase.Waiting(
                new Obstacle(
                    Obstacle.Kind.SCHEDULING_GATED,
                    "the pod has the scheduling gate queue.example/a: it starts once whoever set"
                        + " that takes it away")));
  }

  private static RunEnd end(String status) {
    return ((Phase.Ended) phase(status)).end();
  }

  private static String withMesh(String state) {
    return "{%s, initContainerStatuses: [{name: mesh, state: %s}], %s}"
        .formatted(BOUND, state, NEXT);
  }
}
