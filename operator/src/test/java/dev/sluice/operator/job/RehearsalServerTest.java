package dev.sluice.operator.job;

import static dev.sluice.operator.job.RunReadingTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.ObservedRun.Progress;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd.Exited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods in which a server to rehearse on works beside the runner. */
final class RehearsalServerTest {
  private static final String WAITS = "{waiting: {reason: PodInitializing}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ErrImagePull | gone | IMAGE_PULL_FAILED | the image can't be pulled: gone",
        "InvalidImageName | no | INVALID_IMAGE_NAME | the node can't read spec.rehearsal.image: no",
        "CreateContainerError | full | CONTAINER_CREATE_FAILED | full",
        "CrashLoopBackOff | back-off 10s | CRASH_LOOP | it ends each time right after"
            + " its start; its log says why"
      })
  void whatKeepsItFromStartingIsNamedWithIt(
      String reason, String message, Obstacle.Kind kind, String sentence) {
    var server = "{waiting: {reason: %s, message: %s}}".formatted(reason, message);

    assertThat(phase(pod("Pending", server, WAITS)))
        .isEqualTo(
            new Phase.Waiting(new Obstacle(kind, "container rehearsal-server: " + sentence)));
  }

  @Test
  void onceItRunsTheRunnerIsWhatIsWaitedFor() {
    assertThat(
            phase(
                pod(
                    "Pending",
                    "{running: {}}",
                    "{waiting: {reason: ErrImagePull, message: gone}}")))
        .isEqualTo(
            new Phase.Waiting(
                new Obstacle(Obstacle.Kind.IMAGE_PULL_FAILED, "the image can't be pulled: gone")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{running: {}}",
        "{terminated: {exitCode: 1, reason: Error}}",
        "{terminated: {exitCode: 137, reason: OOMKilled}}",
        "{terminated: {exitCode: 0}}",
        "{waiting: {reason: CrashLoopBackOff}}",
        "{waiting: {reason: RunContainerError, message: no}}"
      })
  void whileTheRunnerWorksNothingThatBecomesOfItMatters(String server) {
    assertThat(phase(pod("Running", server, "{running: {}}")))
        .isEqualTo(new Phase.Working(null, Progress.MIGRATING));
  }

  /** The kubelet starts it again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{terminated: {exitCode: 1, reason: Error}}",
        "{terminated: {exitCode: 128, reason: StartError, message: no such file}}"
      })
  void itsEndBeforeTheRunnerStartsIsNoEndOfTheRun(String server) {
    assertThat(phase(pod("Pending", server, WAITS))).isEqualTo(new Phase.Waiting(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{running: {}} | 0",
        "{terminated: {exitCode: 137, reason: Error}} | 0",
        "{terminated: {exitCode: 3, reason: Error}} | 30",
        "{waiting: {reason: CrashLoopBackOff}} | 30"
      })
  void theRunEndsAsTheRunnerDoes(String server, int exit) {
    var runner = "{terminated: {exitCode: %d}}".formatted(exit);

    assertThat(phase(pod("Running", server, runner)))
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((Exited) e.end())
                    .extracting(Exited::code, Exited::container)
                    .containsExactly(exit, ContainerRole.MIGRATE));
  }

  private static String pod(String phase, String server, String runner) {
    return "{phase: %s, initContainerStatuses: [{name: rehearsal-server, state: %s}], containerStatuses: [{name: migrate, state: %s}]}"
        .formatted(phase, server, runner);
  }
}
