package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RunSettings;
import dev.sluice.operator.decision.Readiness.State;
import dev.sluice.operator.observation.SafeText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConditionsTest {
  @Test
  void theTimeMovesOnlyWithTheStatus() {
    var running = Conditions.of(Readiness.working("Running", "x"), 1, List.of(), NOW);
    var retrying =
        Conditions.of(Readiness.working("RetryScheduled", "y"), 1, running, NOW.plusSeconds(5));
    var ready =
        Conditions.of(
            new Readiness(State.READY, "Applied", "z", Readiness.Event.CHANGE),
            1,
            retrying,
            NOW.plusSeconds(9));

    assertThat(retrying).allMatch(c -> c.lastTransitionTime().equals(NOW));
    assertThat(ready)
        .singleElement()
        .matches(c -> c.lastTransitionTime().equals(NOW.plusSeconds(9)));
  }

  @Test
  void aMessageIsBounded() {
    var long1 = Conditions.of(Readiness.stalled("X", "é".repeat(5000)), 1, List.of(), NOW);

    assertThat(long1).allMatch(c -> c.message().length() == 1024);
  }

  @Test
  void textLosesControlCharactersAndHalfCharacters() {
    assertThat(SafeText.clean("a\u0000b\nc\uD83Dd\u001b[31m", 100)).isEqualTo("a b c d [31m");
    assertThat(SafeText.cut("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
  }

  @Test
  void pausesDoubleUpToTheLongestAndNeverDiffer() {
    var backoff = new RunSettings.Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    assertThat(RetryBackoff.after(1, backoff, "u"))
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    assertThat(RetryBackoff.after(3, backoff, "u"))
        .isBetween(Duration.ofSeconds(32), Duration.ofSeconds(40));
    assertThat(RetryBackoff.after(99, backoff, "u"))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(RetryBackoff.after(3, backoff, "u")).isEqualTo(RetryBackoff.after(3, backoff, "u"));
  }
}
