package dev.sluice.operator.decision;

import dev.sluice.api.DeletionPolicy;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Unreadable;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Bound;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.ObservedRun.Phase.Waiting;
import dev.sluice.operator.observation.ObservedRun.Phase.Working;

/** Chooses what to do now. */
public final class Decider {
  private Decider() {}

  public static Decision decide(CurrentStatus current) {
    var seen = current.seen();
    if (seen.desired().deleting()) {
      return seen.active().map(run -> deleting(seen, run)).orElseGet(Release::new);
    }
    return switch (seen.desired().reading()) {
      case SpecReading.Unreadable(var problem) -> new Unreadable(problem);
      case SpecReading.Understood(var spec, var input) -> {
        var choice = new Choice(current, spec, input);
        yield seen.active()
            .flatMap(run ->
                RecheckRules.inFlight(choice, run).or(() -> new InFlight(choice, run).decide()))
            .orElseGet(() -> IdleRules.decide(choice));
      }
    };
  }

  private static Decision deleting(Observation seen, ObservedRun run) {
    var policy = policy(seen.desired());
    if (policy == DeletionPolicy.Orphan) {
      return new Release();
    }
    var wait = new Await(run, new Wait.BeforeDeletion(run.job()));
    if (seen.leaving(run) || !run.proven()) {
      return wait;
    }
    return switch (run.phase()) {
      case Waiting _ -> new Cancel(run, new Cancellation.ObjectDeleted());
      case Bound _ when InFlight.isHeldBack(run, seen.now()) ->
          new Cancel(run, new Cancellation.ObjectDeleted());
      case Bound _, Working _ ->
          policy == DeletionPolicy.Abort ? new Cancel(run, new Cancellation.Aborted()) : wait;
      case Ended _ -> wait;
    };
  }

  private static DeletionPolicy policy(DesiredMigration desired) {
    return desired.reading() instanceof SpecReading.Understood(var spec, _)
        ? spec.deletionPolicy()
        : DeletionPolicy.Wait;
  }
}
