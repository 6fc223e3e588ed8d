package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DeletionPolicy;
import dev.sluice.api.GoDuration;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.decision.Decision.Unreadable;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.Asked;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.ObservedRun.Phase.Waiting;
import dev.sluice.operator.observation.ObservedRun.Phase.Working;
import dev.sluice.operator.observation.ObservedRun.Progress;
import dev.sluice.operator.observation.OtherMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Chooses. */
public final class Decider {
  /** A run that has ended by then costs one status write less. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  /** What isn't connected, or hasn't the lock, by then is told to wait; a busy kubelet is slow. */
  private static final Duration PROBED = Duration.ofSeconds(10);

  /** How long until a turn is looked for again. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private Decider() {}

  public static Decision decide(Observation seen) {
    if (seen.goal().deleting()) {
      return seen.active().map(run -> deleting(seen, run)).orElseGet(Release::new);
    }
    return switch (seen.goal().asked()) {
      case Asked.Unreadable(var problem) -> new Unreadable(problem);
      case Asked.Understood(var spec, var input) ->
          new Choice(seen, CurrentStatus.enter(seen), spec, input).decide();
    };
  }

  private static Decision deleting(Observation seen, ObservedRun run) {
    var policy = policy(seen.goal());
    if (policy == DeletionPolicy.Orphan) {
      return new Release();
    }
    if (!seen.leaving(run) && run.phase() instanceof Waiting) {
      return new Cancel(
          run, Outcome.Cancelled, failure(Reasons.CANCELLED, "the object was deleted"));
    }
    if (!seen.leaving(run) && policy == DeletionPolicy.Abort && run.phase() instanceof Working) {
      return new Cancel(
          run,
          Outcome.Interrupted,
          failure(
              Reasons.ABORTED, "the object was deleted, and spec.deletionPolicy says to abort"));
    }
    return new Await(
        run, Reasons.DELETING, "the run " + run.job() + " ends first, then the object goes");
  }

  private static DeletionPolicy policy(DesiredMigration goal) {
    return goal.asked() instanceof Asked.Understood(var spec, _)
        ? spec.deletionPolicy()
        : DeletionPolicy.Wait;
  }

  private static Failure failure(String reason, String message) {
    return new Failure(reason, null, null, null, message, null);
  }

  private record Choice(
      Observation seen, DatabaseMigrationStatus known, DatabaseMigrationSpec spec, Input input) {
    Decision decide() {
      return seen.active().flatMap(this::inFlight).orElseGet(this::idle);
    }

    /** Empty: the run has ended, only its Job isn't done yet. */
    private Optional<Decision> inFlight(ObservedRun run) {
      return switch (run.phase()) {
        case Ended _ -> Optional.empty();
        case Working working -> Optional.of(working(run, working));
        case Waiting waiting -> Optional.of(waiting(run, waiting));
      };
    }

    private Decision working(ObservedRun run, Working working) {
      if (older(run)) {
        return new Await(
            run,
            Reasons.OLDER_RUN_ENDS,
            "the run " + run.job() + " of an older version of the spec ends first");
      }
      if (worksFor(working, BRIEF).isNegative()) {
        return new Await(run, Reasons.STARTING, Readiness.starting(run.job()));
      }
      var waits = !worksFor(working, PROBED).isNegative();
      return waits ? waiting(run, working.progress()) : running(run);
    }

    private static Decision waiting(ObservedRun run, Progress progress) {
      return switch (progress) {
        case CONNECTING ->
            new Await(
                run,
                Reasons.WAITING_FOR_DATABASE,
                "Job " + run.job() + " waits for the database; its log says what is wrong");
        case LOCKING ->
            new Await(
                run,
                Reasons.WAITING_FOR_LOCK,
                "Job " + run.job() + " waits for the database's lock; its log says who holds it");
        case MIGRATING -> running(run);
      };
    }

    private static Decision running(ObservedRun run) {
      return new Await(
          run,
          Reasons.RUNNING,
          "revision " + run.input().revision() + " is being applied by Job " + run.job());
    }

    /** How much longer than that; a clock that is ahead of ours doesn't count. */
    private Duration worksFor(Working working, Duration least) {
      var since = working.since();
      return since == null || since.isAfter(seen.now())
          ? Duration.ZERO
          : Duration.between(since, seen.now()).minus(least);
    }

    private Decision waiting(ObservedRun run, Waiting waiting) {
      var obstacle = waiting.obstacle();
      if (seen.leaving(run)) {
        return new Await(run, Reasons.STARTING, "Job " + run.job() + " is being deleted");
      }
      if (older(run)) {
        return new Cancel(
            run,
            Outcome.Cancelled,
            failure(Reasons.CANCELLED, "the spec changed before its container started"));
      }
      if (obstacle != null && obstacle.hopeless()) {
        return new Cancel(run, Outcome.Failed, failure(obstacle.reason(), obstacle.message()));
      }
      if (!seen.now().isBefore(deadline())) {
        return new Cancel(
            run,
            Outcome.Cancelled,
            obstacle == null
                ? failure(Reasons.CANCELLED, "its container didn't start before the deadline")
                : failure(obstacle.reason(), obstacle.message()));
      }
      return obstacle == null
          ? new Await(run, Reasons.STARTING, Readiness.starting(run.job()))
          : new Await(run, obstacle.reason(), obstacle.message());
    }

    private Decision idle() {
      if (applied()) {
        return new Applied(otherContent());
      }
      if (spec.suspend()) {
        return new Suspended();
      }
      var last = Optional.ofNullable(known.lastRun()).filter(this::counts);
      var plan = known.plan();
      if (plan != null
          && last.filter(r -> r.outcome() == Outcome.Planned).isPresent()
          && !plan.digest().equals(seen.goal().approve())) {
        return new Ask(Approvals.ask(seen.goal(), plan, last.orElseThrow().job()));
      }
      if (last.filter(r -> r.outcome() == Outcome.Failed).isPresent() && attempts() > 0) {
        var failure = FailureMessage.of(last.orElseThrow());
        if (known.nextAttemptAt() == null) {
          return new Stall(failure.reason(), FailureMessage.tell(failure));
        }
        if (attempts() >= spec.run().attempts()) {
          return new Stall(
              Reasons.ATTEMPTS_EXHAUSTED,
              "%d of %d attempts failed, the last with %s"
                  .formatted(attempts(), spec.run().attempts(), told(failure)));
        }
      }
      var next = Objects.requireNonNullElse(known.nextAttemptAt(), seen.now());
      if (!next.isBefore(deadline()) || !seen.now().isBefore(deadline())) {
        return late(last);
      }
      if (seen.now().isBefore(next) && last.isPresent()) {
        return pause(last.orElseThrow(), next);
      }
      return seen.active()
          .<Decision>map(run ->
              new Await(
                  run, Reasons.STARTING, "Job " + run.job() + " of the run before ends first"))
          .or(() -> seen.ahead().map(this::turn))
          .orElseGet(this::start);
    }

    private Decision turn(OtherMigration ahead) {
      return new Pause(
          seen.now().plus(TURN),
          Reasons.WAITING_FOR_TURN,
          "DatabaseMigration "
              + ahead.name()
              + " is of the same database, and one of both is another tool's: it ends first");
    }

    private Decision pause(LastRun last, Instant next) {
      var failure = FailureMessage.of(last);
      return last.outcome() == Outcome.Failed
          ? new Pause(
              next,
              Reasons.RETRY_SCHEDULED,
              "attempt %d of %d failed with %s; the next starts at %s"
                  .formatted(attempts(), spec.run().attempts(), told(failure), next))
          : new Pause(
              next,
              failure.reason(),
              "%s; the next run starts at %s".formatted(FailureMessage.tell(failure), next));
    }

    private Decision late(Optional<LastRun> last) {
      var cause =
          last.map(FailureMessage::of)
              .map(Choice::told)
              .or(() -> Conditions.cause(seen.status()))
              .orElse("no run could start");
      var message =
          "not applied within run.deadline (%s): %s"
              .formatted(GoDuration.format(spec.run().deadline()), cause);
      return new Stall(
          Reasons.DEADLINE_EXCEEDED,
          last.isPresent() ? message : Conditions.late(seen.status()).orElse(message));
    }

    private Decision start() {
      return new Start(
          new Plan(
              seen.nextNumber(),
              attempts() + 1,
              seen.goal().generation(),
              input,
              Duration.between(seen.now(), deadline())));
    }

    private boolean applied() {
      return known.appliedRevisions().stream()
          .anyMatch(
              a -> a.revision().equals(input.revision()) && a.target().equals(input.target()));
    }

    /** The latest run brought this revision to this very target, from another image. */
    private boolean otherContent() {
      var last = known.lastRun();
      return last != null
          && last.outcome() == Outcome.Succeeded
          && last.revision().equals(input.revision())
          && !last.key().equals(input.key())
          && known.appliedRevisions().getFirst().target().equals(input.target());
    }

    private boolean older(ObservedRun run) {
      return run.generation() != seen.goal().generation();
    }

    private boolean counts(LastRun run) {
      return run.generation() == seen.goal().generation() && run.outcome() != Outcome.Succeeded;
    }

    private int attempts() {
      return known.attempt() == null ? 0 : known.attempt();
    }

    private Instant deadline() {
      return Objects.requireNonNullElse(known.startedAt(), seen.now()).plus(spec.run().deadline());
    }

    private static String told(Failure failure) {
      return failure.reason() + ": " + FailureMessage.tell(failure);
    }
  }
}
