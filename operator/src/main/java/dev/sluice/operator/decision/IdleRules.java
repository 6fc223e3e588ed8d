package dev.sluice.operator.decision;

import dev.sluice.api.GoDuration;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.observation.OtherMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What to do while no run is in flight: the first rule that answers decides. */
final class IdleRules {
  /** A reason not to start a run now. */
  private interface Rule {
    Optional<Decision> decide(Choice choice);
  }

  private static final List<Rule> ALL =
      List.of(
          RecheckRules::start,
          IdleRules::revisionIsApplied,
          IdleRules::isSuspended,
          IdleRules::planWaitsForApproval,
          IdleRules::jobIsInvalid,
          IdleRules::lastRunFailedForGood,
          IdleRules::attemptsAreExhausted,
          IdleRules::deadlineIsOver,
          IdleRules::pauseIsNotOver,
          IdleRules::earlierJobIsNotDone,
          IdleRules::otherMigrationIsFirst);

  private IdleRules() {}

  static Decision decide(Choice choice) {
    return ALL.stream()
        .flatMap(rule -> rule.decide(choice).stream())
        .findFirst()
        .orElseGet(() ->
            new Start(
                choice.nextRun(
                    choice.attempts() + 1, Duration.between(choice.now(), choice.deadline()))));
  }

  private static Optional<Decision> revisionIsApplied(Choice choice) {
    return choice.isApplied()
        ? Optional.of(new Applied(choice.isOtherContent(), RecheckRules.next(choice).orElse(null)))
        : Optional.empty();
  }

  private static Optional<Decision> isSuspended(Choice choice) {
    return choice.spec().suspend() ? Optional.of(new Suspended()) : Optional.empty();
  }

  private static Optional<Decision> planWaitsForApproval(Choice choice) {
    var desired = choice.seen().desired();
    return Optional.ofNullable(choice.status().plan())
        .filter(plan -> !plan.digest().equals(desired.approve()))
        .flatMap(plan ->
            choice
                .unsuccessful()
                .filter(run -> run.outcome() == Outcome.Planned)
                .map(run -> new Ask(new ApprovalRequest(desired, plan, run.job()))));
  }

  /** As it was refused: only another spec makes another Job, or somebody asks for another try. */
  private static Optional<Decision> jobIsInvalid(Choice choice) {
    var stored = choice.seen().status();
    var asked = !Objects.equals(stored.handledRetry(), choice.status().handledRetry());
    return Conditions.of(stored, choice.seen().desired().generation(), Reasons.JOB_INVALID)
        .filter(_ -> !asked)
        .map(message -> new Stall(Reasons.JOB_INVALID, message));
  }

  private static Optional<Decision> lastRunFailedForGood(Choice choice) {
    return failed(choice)
        .filter(_ -> choice.status().nextAttemptAt() == null)
        .map(failure -> new Stall(failure.reason(), FailureMessage.of(failure)));
  }

  private static Optional<Decision> attemptsAreExhausted(Choice choice) {
    var attempts = choice.spec().run().attempts();
    return failed(choice)
        .filter(_ -> choice.attempts() >= attempts)
        .map(failure ->
            new Stall(
                Reasons.ATTEMPTS_EXHAUSTED,
                "%d of %d attempts failed, the last with %s"
                    .formatted(choice.attempts(), attempts, FailureMessage.withReason(failure))));
  }

  /** Of the latest run, when it was counted as an attempt. */
  private static Optional<Failure> failed(Choice choice) {
    return choice
        .unsuccessful()
        .filter(run -> run.outcome() == Outcome.Failed && choice.attempts() > 0)
        .map(FailureMessage::failure);
  }

  private static Optional<Decision> deadlineIsOver(Choice choice) {
    var deadline = choice.deadline();
    if (next(choice).isBefore(deadline) && choice.now().isBefore(deadline)) {
      return Optional.empty();
    }
    var last = choice.unsuccessful();
    var stored = choice.seen().status();
    var cause =
        last.map(run -> FailureMessage.withReason(FailureMessage.failure(run)))
            .or(() -> Conditions.cause(stored))
            .orElse("no run could start");
    var message =
        "not applied within run.deadline (%s): %s"
            .formatted(GoDuration.format(choice.spec().run().deadline()), cause);
    return Optional.of(
        new Stall(
            Reasons.DEADLINE_EXCEEDED,
            last.isPresent() ? message : Conditions.late(stored).orElse(message)));
  }

  private static Optional<Decision> pauseIsNotOver(Choice choice) {
    var next = next(choice);
    return choice
        .unsuccessful()
        .filter(_ -> choice.now().isBefore(next))
        .map(last -> pause(choice, last, next));
  }

  private static Pause pause(Choice choice, LastRun last, Instant next) {
    var failure = FailureMessage.failure(last);
    return last.outcome() == Outcome.Failed
        ? new Pause(
            next,
            Reasons.RETRY_SCHEDULED,
            "attempt %d of %d failed with %s; the next starts at %s"
                .formatted(
                    choice.attempts(),
                    choice.spec().run().attempts(),
                    FailureMessage.withReason(failure),
                    next))
        : new Pause(
            next,
            failure.reason(),
            "%s; the next run starts at %s".formatted(FailureMessage.of(failure), next));
  }

  private static Optional<Decision> earlierJobIsNotDone(Choice choice) {
    return choice.seen().active().map(run -> new Await(run, new Wait.EarlierJobEnds(run.job())));
  }

  private static Optional<Decision> otherMigrationIsFirst(Choice choice) {
    return choice.seen().ahead().map(other -> turn(choice, other));
  }

  private static Pause turn(Choice choice, OtherMigration ahead) {
    return new Pause(
        choice.now().plus(Timings.TURN),
        Reasons.WAITING_FOR_TURN,
        "DatabaseMigration "
            + ahead.name()
            + " uses the same database and runs first: one of the two runs another tool");
  }

  private static Instant next(Choice choice) {
    return Objects.requireNonNullElse(choice.status().nextAttemptAt(), choice.now());
  }
}
