package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pauses last no time. */
class PatienceTest {
  private static final DatabaseProblem AWAY = DatabaseProblem.of(Kind.UNREACHABLE, "away");
  private static final DatabaseProblem STARTING = DatabaseProblem.of(Kind.UNREACHABLE, "starting");
  private static final DatabaseProblem WRONG =
      DatabaseProblem.of(Kind.AUTHENTICATION, "wrong password");

  private final Stop stop = new Stop(Deadline.in(Duration.ZERO));
  private final List<RunEvent> events = new ArrayList<>();

  private Attempt<String> until(Patience patience, Iterator<Attempt<String>> attempts) {
    return patience.until(attempts::next);
  }

  private Patience patience(Duration wrongPassword) {
    return new Patience(stop, events::add, Duration.ZERO, wrongPassword);
  }

  private static Attempt<String> notYet(DatabaseProblem problem) {
    return new Attempt.NotYet<>(problem);
  }

  private static Attempt<String> got() {
    return new Attempt.Got<>("it");
  }

  @Test
  void triesUntilItSucceeds() {
    var attempts = List.of(notYet(AWAY), notYet(AWAY), got()).iterator();
    assertThat(until(patience(Duration.ofHours(1)), attempts)).isEqualTo(got());
    assertThat(attempts.hasNext()).isFalse();
  }

  @Test
  void doesNotTryAgainWhatWillNotPass() {
    var failed = new Attempt.Failed<String>(AWAY);
    assertThat(until(patience(Duration.ofHours(1)), List.<Attempt<String>>of(failed).iterator()))
        .isEqualTo(failed);
    assertThat(events).isEmpty();
  }

  @Test
  void eachCauseIsToldOnceWhateverComesBetween() {
    var patience = patience(Duration.ofHours(1));
    until(patience, List.of(notYet(AWAY), notYet(STARTING), notYet(AWAY), got()).iterator());
    until(patience, List.of(notYet(AWAY), got()).iterator());
    assertThat(events)
        .containsExactly(
            new RunEvent.Noted("waiting: away (as long as it takes)"),
            new RunEvent.Noted("waiting: starting (as long as it takes)"));
  }

  @Test
  void aStopEndsItWithWhatWasWaitedFor() {
    stop.now(Stop.Cause.SIGNAL);
    assertThat(until(patience(Duration.ofHours(1)), List.of(notYet(AWAY)).iterator()))
        .isEqualTo(new Attempt.Stopped<>(Stop.Cause.SIGNAL, AWAY));
  }

  @Test
  void aWrongPasswordIsTriedForAWhileOnly() {
    var attempts = List.of(notYet(WRONG)).iterator();
    assertThat(until(patience(Duration.ofNanos(1)), attempts))
        .isEqualTo(new Attempt.Failed<>(WRONG));
  }

  @Test
  void aWrongPasswordMayBeRotating() {
    var attempts = List.of(notYet(WRONG), notYet(WRONG), got()).iterator();
    assertThat(until(patience(Duration.ofHours(1)), attempts)).isEqualTo(got());
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Noted.class,
            noted -> assertThat(noted.line()).startsWith("waiting: wrong password (up to "));
  }

  @Test
  void theWhileOfAWrongPasswordIsNoLimitForOtherCauses() {
    var attempts = List.of(notYet(AWAY), notYet(AWAY), got()).iterator();
    assertThat(until(patience(Duration.ofNanos(1)), attempts)).isEqualTo(got());
  }
}
