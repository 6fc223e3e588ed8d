package dev.sluice.operator.job;

import static dev.sluice.operator.job.RunReadingTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.Exited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods of another tool, in which several containers work one after the other. */
final class RunContainersTest {
  private static final String LOGIN_DONE =
      "initContainerStatuses: [{name: login, state: {terminated: {exitCode: 0}}}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{initContainerStatuses: [{name: login, state: {running: {}}}], containerStatuses: [{name:"
            + " migrate, state: {waiting: {reason: PodInitializing}}}]}",
        "{%s, containerStatuses: [{name: migrate, state: {waiting: {reason: PodInitializing}}}]}",
        "{initContainerStatuses: [{name: mesh, state: {terminated: {exitCode: 3}}}, {name: login,"
            + " state: {waiting: {reason: PodInitializing}}}]}"
      })
  void aLoginIsBeforeTheStart(String status) {
    assertThat(phase(status.formatted(LOGIN_DONE))).isEqualTo(new Phase.Waiting(null));
  }

  @Test
  void whatKeepsALoginFromStartingIsNamedWithIt() {
    var status =
        "{initContainerStatuses: [{name: login, state: {waiting: {reason: ErrImagePull, message:"
            + " gone}}}], containerStatuses: [{name: migrate, state: {waiting: {reason:"
            + " PodInitializing}}}]}";

    assertThat(phase(status))
        .isEqualTo(
            new Phase.Waiting(
                new Obstacle(
                    Obstacle.Kind.IMAGE_PULL_FAILED,
                    "container login: the image can't be pulled: gone")));
  }

  @Test
  void aLoginThatFailedIsTheEndOfTheRun() {
    var status =
        "{phase: Failed, initContainerStatuses: [{name: login, state: {terminated: {exitCode: 137,"
            + " reason: OOMKilled}}}], containerStatuses: [{name: migrate, state: {waiting:"
            + " {reason: PodInitializing}}}]}";

    assertThat(phase(status))
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((RunEnd.Exited) e.end())
                    .extracting(Exited::code, Exited::cause, Exited::container)
                    .containsExactly(137, EndCause.Known.OOM_KILLED, ContainerRole.LOGIN));
  }

  @Test
  void afterALoginTheToolWorksAndEnds() {
    assertThat(phase(afterLogin("{running: {}}")))
        .isEqualTo(new Phase.Working(null, ObservedRun.Progress.MIGRATING));
    assertThat(phase(afterLogin("{terminated: {exitCode: 1}}")))
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((RunEnd.Exited) e.end())
                    .extracting(Exited::code, Exited::container)
                    .containsExactly(1, ContainerRole.MIGRATE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{running: {}} | {waiting: {reason: PodInitializing}}",
        "{terminated: {exitCode: 0}} | {waiting: {reason: PodInitializing}}",
        "{terminated: {exitCode: 0}} | {running: {}}"
      })
  void aToolThatIsVerifiedAfterwardsWorksUntilThatHasEnded(String migrate, String verify) {
    assertThat(phase(verified(migrate, verify)))
        .isEqualTo(new Phase.Working(null, ObservedRun.Progress.MIGRATING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{terminated: {exitCode: 1}} | {waiting: {reason: PodInitializing}} | 1 | MIGRATE",
        "{terminated: {exitCode: 0}} | {terminated: {exitCode: 0}} | 0 | VERIFY",
        "{terminated: {exitCode: 0}} | {terminated: {exitCode: 20, message: x}} | 20 | VERIFY"
      })
  void theFirstThatFailsEndsTheRunElseTheLast(
      String migrate, String verify, int exit, ContainerRole container) {
    assertThat(phase(verified(migrate, verify)))
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((RunEnd.Exited) e.end())
                    .extracting(Exited::code, Exited::container, Exited::image)
                    .containsExactly(exit, container, "tool@sha256:abc"));
  }

  @Test
  void whatKeepsTheVerificationFromStartingIsNamed() {
    var verify = "{waiting: {reason: ErrImagePull, message: gone}}";

    assertThat(phase(verified("{terminated: {exitCode: 0}}", verify)))
        .isEqualTo(
            new Phase.Waiting(
                new Obstacle(
                    Obstacle.Kind.IMAGE_PULL_FAILED,
                    "container verify: the image can't be pulled: gone")));
  }

  private static String verified(String migrate, String verify) {
    return "{initContainerStatuses: [{name: folder, state: {terminated: {exitCode: 0}}}, {name:"
        + " migrate, imageID: tool@sha256:abc, state: "
        + migrate
        + "}], containerStatuses: [{name: verify, state: "
        + verify
        + "}]}";
  }

  private static String afterLogin(String state) {
    return "{" + LOGIN_DONE + ", containerStatuses: [{name: migrate, state: " + state + "}]}";
  }
}
