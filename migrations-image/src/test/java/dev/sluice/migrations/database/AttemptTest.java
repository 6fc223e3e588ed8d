package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.DatabaseProblem.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final DatabaseProblem AWAY = DatabaseProblem.of(Kind.UNREACHABLE, "away");

  private static final List<Attempt<String>> WITHOUT_SUCCESS =
      List.of(
          new Attempt.NotYet<>(AWAY),
          new Attempt.Failed<>(AWAY),
          new Attempt.Stopped<>(Stop.Cause.DEADLINE, AWAY));

  private static String told(Attempt<String> attempt) {
    return attempt.fold(
        value -> "got " + value,
        problem -> "failed " + problem.message(),
        (cause, problem) -> cause + " " + problem.message());
  }

  @Test
  void whatWasGotLeadsOn() {
    assertThat(new Attempt.Got<>("a").then(value -> new Attempt.Got<>(value + "b")))
        .isEqualTo(new Attempt.Got<>("ab"));
  }

  @Test
  void nothingElseLeadsOn() {
    for (var attempt : WITHOUT_SUCCESS) {
      assertThat(attempt.then(_ -> new Attempt.Got<>("b"))).isEqualTo(attempt);
    }
  }

  @Test
  void hasOneAnswerForWhoeverWillNotTryAgain() {
    assertThat(told(new Attempt.Got<>("a"))).isEqualTo("got a");
    assertThat(WITHOUT_SUCCESS.stream().map(AttemptTest::told))
        .containsExactly("failed away", "failed away", "DEADLINE away");
  }
}
