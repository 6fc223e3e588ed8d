package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.TerminationReport;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvictedTest {
  @ParameterizedTest
  @CsvSource({
    "137, Interrupted, Evicted",
    "11, Interrupted, Evicted",
    "137, ChangeSetFailed, ChangeSetFailed"
  })
  void onlyTheWordThatItWasStoppedIsLessThanTheEviction(int exit, String letter, String reason) {
    var failure = new Failure(letter, null, null, null, "its word", null);
    var report =
        new TerminationReport(
            null, List.of(), null, null, null, List.of(), List.of(), null, null, null, null,
            failure);
    var end = DecisionFixture.end(exit, Reasons.EVICTED, ContainerRole.MIGRATE, report);

    assertThat(RunVerdict.of(end))
        .isInstanceOfSatisfying(
            RunVerdict.Transient.class,
            verdict -> assertThat(verdict.failure().reason()).isEqualTo(reason));
  }
}
