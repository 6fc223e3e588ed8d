package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Outcome;
import dev.sluice.migrations.report.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopFailuresTest {
  private static final DatabaseProblem ROTATING =
      DatabaseProblem.of(Kind.AUTHENTICATION, "wrong password");
  private static final Failure CANCELLED =
      Failure.of(Reason.DATABASE_FAILED, "cancelled").exit(Exit.TRANSIENT);

  private static Failure failure(Attempt<String> attempt) {
    return StopFailures.fold(attempt, value -> Failure.of(Reason.INTERNAL, value), it -> it);
  }

  private static Stop stopped(Stop.Cause cause) {
    var stop = new Stop(Deadline.in(Duration.ZERO));
    stop.now(cause);
    return stop;
  }

  @Test
  void whatWasGotIsHandedOn() {
    assertThat(failure(new Attempt.Got<>("got")).message()).isEqualTo("got");
  }

  @Test
  void aProblemIsReportedAsItIs() {
    var asItIs = DatabaseFailures.of(ROTATING);
    assertThat(failure(new Attempt.Failed<>(ROTATING))).isEqualTo(asItIs);
    assertThat(failure(new Attempt.NotYet<>(ROTATING))).isEqualTo(asItIs);
  }

  @Test
  void atTheDeadlineTheProblemThatWasWaitedForIsReportedAsWaiting() {
    assertThat(failure(new Attempt.Stopped<>(Stop.Cause.DEADLINE, ROTATING)))
        .isEqualTo(DatabaseFailures.of(ROTATING).exit(Exit.WAITED));
  }

  @Test
  void aSignalInterruptsTheWaitingAndSaysForWhat() {
    var failure = failure(new Attempt.Stopped<>(Stop.Cause.SIGNAL, ROTATING));
    assertThat(failure)
        .isEqualTo(Failure.of(Reason.INTERRUPTED, "SIGTERM while waiting: wrong password"));
    assertThat(failure.outcome()).isEqualTo(Outcome.INTERRUPTED);
  }

  @Test
  void withoutAStopAFailureStays() {
    var stop = new Stop(Deadline.in(Duration.ZERO));
    assertThat(StopFailures.whileLooking(stop, CANCELLED, "while looking")).isEqualTo(CANCELLED);
  }

  @Test
  void whatAStopCancelledWhileLookingIsTheStop() {
    assertThat(StopFailures.whileLooking(stopped(Stop.Cause.SIGNAL), CANCELLED, "while looking"))
        .isEqualTo(Failure.of(Reason.INTERRUPTED, "SIGTERM while looking"));
    var late = StopFailures.whileLooking(stopped(Stop.Cause.DEADLINE), CANCELLED, "while looking");
    assertThat(late.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
    assertThat(late.message()).isEqualTo("the deadline of this run came while looking");
    assertThat(late.hint()).contains("run.deadline");
  }

  @ParameterizedTest
  @EnumSource(
      value = Exit.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TRANSIENT", "SUCCESS"})
  void whatNoCancelMakesStaysInSpiteOfAStop(Exit exit) {
    var permanent = CANCELLED.exit(exit);
    assertThat(StopFailures.whileLooking(stopped(Stop.Cause.SIGNAL), permanent, "while looking"))
        .isEqualTo(permanent);
  }

  @Test
  void aStopBetweenTwoChangesetsSaysSo() {
    assertThat(StopFailures.whileApplying(Stop.Cause.SIGNAL, CANCELLED).message())
        .isEqualTo("SIGTERM between two changesets");
  }

  @Test
  void aStopDuringAChangesetNamesIt() {
    var failure =
        StopFailures.whileApplying(
            Stop.Cause.SIGNAL,
            Failure.of(Reason.CHANGE_SET_FAILED, "anything").in("a.sql::1::ann", "a.sql"));
    assertThat(failure)
        .isEqualTo(
            Failure.of(
                    Reason.INTERRUPTED,
                    "SIGTERM while a changeset ran; it was cancelled: a.sql::1::ann")
                .in("a.sql::1::ann", "a.sql"));
  }

  /** As where a changeset that no transaction held was cut off. */
  @Test
  void theHintOfAFailureIsWorthMoreThanThatOfAStop() {
    var hinted = CANCELLED.hint("see what it left");
    assertThat(StopFailures.whileApplying(Stop.Cause.DEADLINE, hinted).hint())
        .isEqualTo("see what it left");
    assertThat(StopFailures.whileApplying(Stop.Cause.DEADLINE, CANCELLED).hint())
        .isEqualTo("give run.deadline more time, or split the changeset");
  }
}
