package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.decision.Decision.Unreadable;
import dev.sluice.operator.decision.Readiness.State;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.Asked.Understood;
import dev.sluice.operator.observation.Observation;
import org.jspecify.annotations.Nullable;

/** The status that tells a decision and what came of it. */
public final class NextStatus {
  private NextStatus() {}

  public static DatabaseMigrationStatus of(Observation seen, Decision decision, ActionResult deed) {
    var known =
        decision instanceof Cancel(var run, var outcome, var failure)
            ? CurrentStatus.cancelled(seen, run, outcome, failure)
            : CurrentStatus.enter(seen);
    var draft = new StatusDraft(known);
    if (decision instanceof Start(var plan) && deed instanceof ActionResult.Started(var job)) {
      draft.run = plan.number();
      draft.job = job;
      draft.nextAttemptAt = null;
    }
    if (decision instanceof Unreadable) {
      draft.startedAt = null;
    }
    if (decision instanceof Applied) {
      draft.nextAttemptAt = null;
      draft.pending = 0;
    }
    var generation = seen.goal().generation();
    draft.observedGeneration = generation;
    draft.target = target(seen.goal());
    draft.conditions =
        Conditions.of(
            standing(seen.goal(), known, decision, deed),
            generation,
            seen.status().conditions(),
            seen.now());
    return draft.finish();
  }

  private static @Nullable String target(DesiredMigration goal) {
    return goal.asked() instanceof Understood(_, var input) ? input.target() : null;
  }

  private static Readiness standing(
      DesiredMigration goal, DatabaseMigrationStatus known, Decision decision, ActionResult deed) {
    return switch (decision) {
      case Unreadable(var problem) ->
          new Readiness(
              State.STALLED,
              Reasons.SPEC_UNREADABLE,
              "this operator can't read the object: " + problem);
      case Applied(var otherContent) ->
          new Readiness(State.READY, ready(goal), applied(known, otherContent));
      case Suspended() ->
          new Readiness(State.SUSPENDED, Reasons.SUSPENDED, "spec.suspend is true: no run starts");
      case Start(var plan) -> starting(plan, deed);
      case Await(_, var reason, var message) -> new Readiness(State.WORKING, reason, message);
      case Cancel(_, _, var failure) ->
          new Readiness(State.WORKING, failure.reason(), FailureMessage.tell(failure));
      case Ask(var message) -> new Readiness(State.WORKING, Reasons.WAITING_FOR_APPROVAL, message);
      case Pause(_, var reason, var message) -> new Readiness(State.WORKING, reason, message);
      case Stall(var reason, var message) -> new Readiness(State.STALLED, reason, message);
      case Release() -> new Readiness(State.WORKING, Reasons.DELETING, "no run is in flight");
    };
  }

  /** In the words of the wait that follows, so that it isn't written twice. */
  private static Readiness starting(Decision.Plan plan, ActionResult deed) {
    return switch (deed) {
      case ActionResult.Refused(var obstacle) ->
          new Readiness(State.WORKING, obstacle.reason(), obstacle.message());
      case ActionResult.Started(var job) ->
          new Readiness(State.WORKING, Reasons.STARTING, Readiness.starting(job));
      case ActionResult.Done(), ActionResult.Touched() ->
          new Readiness(
              State.WORKING,
              Reasons.STARTING,
              "a run for revision " + plan.input().revision() + " starts");
    };
  }

  private static String ready(DesiredMigration goal) {
    var believed =
        goal.asked() instanceof Understood(var spec, _)
            && spec.ofAnotherTool()
            && spec.verify() == null;
    return believed ? Reasons.APPLIED_UNVERIFIED : Reasons.APPLIED;
  }

  private static String applied(DatabaseMigrationStatus known, boolean otherContent) {
    var told = "the database has revision " + known.revision();
    if (otherContent) {
      return told
          + "; warning: image or changelog changed under the same revision, which is not run again:"
          + " give it a new spec.revision";
    }
    LastRun last = known.lastRun();
    return last != null && last.failure() == null && last.revision().equals(known.revision())
        ? told + ", applied by Job " + last.job()
        : told;
  }
}
