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
            .flatMap(run -> new InFlight(choice, run).decide())
            .orElseGet(() -> IdleRules.decide(choice));
      }
    };
  }

  private static Decision deleting(Observation seen, ObservedRun run) {
    var policy = policy(seen.desired());
    if (policy == DeletionPolicy.Orphan) {
      return new Release();
    }
    if (!seen.leaving(run) && run.phase() instanceof Waiting) {
      return new Cancel(run, new Cancellation.ObjectDeleted());
    }
    if (!seen.leaving(run) && policy == DeletionPolicy.Abort && run.phase() instanceof Working) {
      return new Cancel(run, new Cancellation.Aborted());
    }
    return new Await(run, new Wait.BeforeDeletion(run.job()));
  }

  private static DeletionPolicy policy(DesiredMigration desired) {
    return desired.reading() instanceof SpecReading.Understood(var spec, _)
        ? spec.deletionPolicy()
        : DeletionPolicy.Wait;
  }
}
