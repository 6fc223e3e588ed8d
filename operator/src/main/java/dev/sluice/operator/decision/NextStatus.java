package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.StartedRun;
import dev.sluice.api.LastRun;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Beginning;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.decision.Decision.Unreadable;
import dev.sluice.operator.decision.Readiness.Event;
import dev.sluice.operator.decision.Readiness.State;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.ObservedRun;
import org.jspecify.annotations.Nullable;

/** The status that reports a decision and what came of it, and the readiness that it shows. */
public record NextStatus(DatabaseMigrationStatus status, Readiness readiness) {

  public static NextStatus of(CurrentStatus current, Decision decision, ActionResult result) {
    var seen = current.seen();
    var known = current.status();
    var draft = new StatusDraft(known, seen.required());
    if (decision instanceof Beginning begins
        && result instanceof ActionResult.Started(var job, var uid)) {
      var run = begins.run();
      draft.run = run.number();
      draft.job = job;
      draft.started = new StartedRun(uid, run.generation(), run.input().revision(), null);
      draft.nextAttemptAt = null;
    }
    if (decision instanceof Cancel(_, var why)) {
      draft.cancelling(why.stored());
    } else if (seen.active().filter(r -> !seen.leaving(r)).isPresent()) {
      draft.cancelling(null); // it has started after all, or what was in its way is gone
    }
    if (decision instanceof Unreadable) {
      draft.startedAt = null;
    }
    if (decision instanceof Applied) {
      draft.nextAttemptAt = null;
      draft.pending = 0;
    }
    var generation = seen.desired().generation();
    var readiness = readiness(seen.desired(), known, decision, result);
    draft.observedGeneration = generation;
    draft.target = target(seen.desired());
    draft.conditions = Conditions.of(readiness, generation, seen.status().conditions(), seen.now());
    return new NextStatus(draft.finish(), readiness);
  }

  private static @Nullable String target(DesiredMigration desired) {
    return desired.reading() instanceof Understood(_, var input) ? input.target() : null;
  }

  private static Readiness readiness(
      DesiredMigration desired,
      DatabaseMigrationStatus known,
      Decision decision,
      ActionResult result) {
    var decided = decided(desired, known, decision, result);
    var shown = known.verifyAfterRun() == null ? decided : decided.verifying();
    return result instanceof ActionResult.Refused(var obstacle) ? shown.refused(obstacle) : shown;
  }

  private static Readiness decided(
      DesiredMigration desired,
      DatabaseMigrationStatus known,
      Decision decision,
      ActionResult result) {
    return switch (decision) {
      case Unreadable(var problem) ->
          Readiness.stalled(
              Reasons.SPEC_UNREADABLE, "this operator can't read the object: " + problem);
      case Applied(var otherContent, _) -> ready(desired, known, otherContent);
      case Recheck _ -> ready(desired, known, false);
      case Suspended() ->
          new Readiness(
              State.SUSPENDED,
              Reasons.SUSPENDED,
              "spec.suspend is true: no run starts",
              Event.CHANGE);
      case Start(var run) -> starting(run, result);
      case Await(_, var wait) -> waiting(wait);
      case Cancel(var run, var why) -> cancelled(run, why);
      case Ask(var request) -> Readiness.working(Reasons.WAITING_FOR_APPROVAL, request.message());
      case Pause(_, var reason, var message) -> Readiness.working(reason, message);
      case Stall(var reason, var message) -> Readiness.stalled(reason, message);
      case Release() -> Readiness.working(Reasons.DELETING, "no run is in flight");
    };
  }

  private static Readiness ready(
      DesiredMigration desired, DatabaseMigrationStatus known, boolean otherContent) {
    return new Readiness(
        State.READY,
        readyReason(desired),
        applied(known, otherContent) + ahead(desired, known),
        otherContent ? Event.SAME_REVISION : Event.CHANGE);
  }

  private static Readiness waiting(Wait wait) {
    return switch (wait) {
      case Wait.Brief _, Wait.Applying _ -> Readiness.passing(wait.reason(), wait.message());
      case Wait.OlderRunEnds _,
          Wait.ForDatabase _,
          Wait.ForLock _,
          Wait.UnprovenJobEnds _,
          Wait.Blocked _,
          Wait.BeforeDeletion _ ->
          Readiness.working(wait.reason(), wait.message());
    };
  }

  private static Readiness cancelled(ObservedRun run, Cancellation why) {
    var failure = why.failure();
    return why instanceof Cancellation.Expected
        ? Readiness.passing(
            failure.reason(),
            "Job %s is taken back: %s".formatted(run.job(), FailureMessage.of(failure)))
        : Readiness.working(failure.reason(), FailureMessage.of(failure));
  }

  /** In the words of the wait that follows, so that it isn't written twice. */
  private static Readiness starting(Decision.NextRun run, ActionResult result) {
    return switch (result) {
      case ActionResult.Started(var job, _) -> waiting(new Wait.ContainerStarts(job));
      case ActionResult.Done(),
          ActionResult.Touched(),
          ActionResult.Announced(),
          ActionResult.Refused _ ->
          Readiness.passing(
              Reasons.STARTING, "a run for revision " + run.input().revision() + " starts");
    };
  }

  private static String readyReason(DesiredMigration desired) {
    var believed =
        desired.reading() instanceof Understood(var spec, _)
            && spec.ofAnotherTool()
            && spec.verify() == null;
    return believed ? Reasons.APPLIED_UNVERIFIED : Reasons.APPLIED;
  }

  private static String ahead(DesiredMigration desired, DatabaseMigrationStatus known) {
    return desired.reading() instanceof Understood(_, var input)
        ? DatabaseAhead.of(known.appliedRevisions(), known.ahead(), input)
            .map(what -> "; the database is ahead: " + what)
            .orElse("")
        : "";
  }

  private static String applied(DatabaseMigrationStatus known, boolean otherContent) {
    var revision = "the database has revision " + known.revision();
    if (otherContent) {
      return revision
          + "; warning: image or changelog changed under the same revision, which is not run again:"
          + " give it a new spec.revision";
    }
    LastRun last = known.lastRun();
    return last != null && last.failure() == null && last.revision().equals(known.revision())
        ? revision + ", applied by Job " + last.job()
        : revision;
  }
}
