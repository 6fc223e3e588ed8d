package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of a container that has started. */
final class WorkingTest {
  @Test
  void aRunIsToldToRunOnlyWhenItIsNotOverInAMoment() {
    assertThat(told(NOW.minusSeconds(1), Progress.MIGRATING)).isEqualTo("Starting");
    assertThat(told(NOW.minusSeconds(2), Progress.MIGRATING)).isEqualTo("Running");
    assertThat(told(null, Progress.MIGRATING)).isEqualTo("Running");
  }

  @Test
  void whatIsNotConnectedAfterAWhileWaitsForTheDatabase() {
    assertThat(told(NOW.minusSeconds(12), Progress.CONNECTING)).isEqualTo("Running");
    assertThat(told(NOW.minusSeconds(13), Progress.CONNECTING)).isEqualTo("WaitingForDatabase");
  }

  @Test
  void whatIsConnectedAndHasNoLockAfterAWhileWaitsForIt() {
    assertThat(told(NOW.minusSeconds(12), Progress.LOCKING)).isEqualTo("Running");
    assertThat(told(NOW.minusSeconds(13), Progress.LOCKING)).isEqualTo("WaitingForLock");
  }

  @Test
  void aNodeWhoseClockIsAheadHidesNothingForLong() {
    assertThat(told(NOW.plusSeconds(3600), Progress.MIGRATING)).isEqualTo("Running");
  }

  private static String told(@Nullable Instant since, Progress progress) {
    var run = run(1, new ObservedRun.Phase.Working(since, progress));
    var decision =
        Decider.decide(
            CurrentStatus.of(seen(desired(SPEC), DatabaseMigrationStatus.EMPTY, NOW, run)));
    assertThat(decision).isInstanceOf(Await.class);
    return ((Await) decision).why().reason();
  }
}
