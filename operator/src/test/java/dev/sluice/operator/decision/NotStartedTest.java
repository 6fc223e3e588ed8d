package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Programs that didn't begin, and pods in which something else failed before. */
final class NotStartedTest {
  @Test
  void anImageOfAnotherArchitectureIsNamedAndNotTriedAgain() {
    var end = end(128, "WrongArchitecture", "exec /opt/sluice/jre/bin/java: exec format error");

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Permanent.class,
            verdict ->
                assertThat(FailureMessage.withReason(verdict.failure()))
                    .startsWith("WrongArchitecture: the node can't execute the program of the")
                    .contains("exec format error", "kubernetes.io/arch"));
  }

  /** Other runtimes don't say why: only the log does. */
  @Test
  void aProgramThatNeverBeganSaysWhatItMayBe() {
    assertThat(RunVerdict.of(end(255, "NotBegun", null)))
        .isInstanceOfSatisfying(
            RunVerdict.Transient.class,
            verdict ->
                assertThat(verdict.failure().message())
                    .startsWith("the container ended with exit code 255 before its program")
                    .contains("exec format error"));
  }

  @Test
  void anInjectedContainerThatFailedIsTheReasonAndIsTriedAgain() {
    var end =
        new RunEnd.EndedByKubernetes(
            EndCause.Known.INJECTED_CONTAINER_FAILED, "the init container mesh ended", null);

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Transient.class,
            verdict ->
                assertThat(FailureMessage.withReason(verdict.failure()))
                    .isEqualTo("InjectedContainerFailed: the init container mesh ended"));
  }

  private static RunEnd end(int code, String cause, @Nullable String detail) {
    return new RunEnd.Exited(
        code,
        ContainerRole.MIGRATE,
        EndCause.of(cause),
        detail,
        TerminationReport.NONE,
        null,
        null,
        null);
  }
}
