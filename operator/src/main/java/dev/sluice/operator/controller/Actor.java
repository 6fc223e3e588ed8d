package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Housekeeping;
import dev.sluice.operator.observation.DesiredMigration.Asked.Understood;
import dev.sluice.operator.observation.Observation;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Does what was decided, and tidies. */
public final class Actor {
  private final JobWriter jobs;
  private final MigrationWriter writes;

  public Actor(JobWriter jobs, MigrationWriter writes) {
    this.jobs = jobs;
    this.writes = writes;
  }

  ActionResult act(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision) {
    var chores = Housekeeping.of(seen, decision);
    chores.own().forEach(run -> jobs.own(seen.goal(), run));
    chores.prune().forEach(run -> jobs.delete(seen.goal(), run));
    chores.orphan().forEach(run -> jobs.orphan(seen.goal(), run));
    chores.takeBack().forEach(run -> jobs.takeBack(seen.goal(), run));
    if (chores.release()) {
      writes.finalizer(migration, context, false);
      return new ActionResult.Touched();
    }
    return switch (decision) {
      case Start(var plan) when seen.goal().asked() instanceof Understood asked -> {
        // a cache that lags may show a run ended long ago as the next one; a write tells as well
        var sure =
            seen.goal().finalizer()
                ? writes.latest(migration)
                : writes.finalizer(migration, context, true);
        if (!sure) {
          yield new ActionResult.Touched();
        }
        yield jobs.start(seen.goal(), asked.spec(), plan, context);
      }
      case Cancel(var run, _, _) ->
          jobs.isAs(seen.goal(), run) ? new ActionResult.Done() : new ActionResult.Touched();
      case Start _,
          Decision.Unreadable _,
          Decision.Applied _,
          Decision.Suspended _,
          Decision.Await _,
          Decision.Ask _,
          Decision.Pause _,
          Decision.Stall _,
          Decision.Release _ ->
          new ActionResult.Done();
    };
  }
}
