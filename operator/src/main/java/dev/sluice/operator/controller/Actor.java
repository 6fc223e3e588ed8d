package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Chores;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Deed;
import dev.sluice.operator.decision.Goal.Asked.Understood;
import dev.sluice.operator.decision.Observation;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Does what was decided, and tidies. */
public final class Actor {
  private final Jobs jobs;
  private final Writes writes;

  public Actor(Jobs jobs, Writes writes) {
    this.jobs = jobs;
    this.writes = writes;
  }

  Deed act(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision) {
    var chores = Chores.of(seen, decision);
    chores.own().forEach(run -> jobs.own(seen.goal(), run));
    chores.prune().forEach(run -> jobs.delete(seen.goal(), run));
    chores.orphan().forEach(run -> jobs.orphan(seen.goal(), run));
    chores.takeBack().forEach(run -> jobs.takeBack(seen.goal(), run));
    if (chores.release()) {
      writes.finalizer(migration, context, false);
      return new Deed.Touched();
    }
    return switch (decision) {
      case Start(var plan) when seen.goal().asked() instanceof Understood asked -> {
        // a cache that lags may show a run ended long ago as the next one; a write tells as well
        var sure =
            seen.goal().finalizer()
                ? writes.latest(migration)
                : writes.finalizer(migration, context, true);
        if (!sure) {
          yield new Deed.Touched();
        }
        yield jobs.start(seen.goal(), asked.spec(), plan, context);
      }
      case Cancel(var run, _, _) ->
          jobs.isAs(seen.goal(), run) ? new Deed.Done() : new Deed.Touched();
      case Start _,
          Decision.Unreadable _,
          Decision.Applied _,
          Decision.Suspended _,
          Decision.Await _,
          Decision.Ask _,
          Decision.Pause _,
          Decision.Stall _,
          Decision.Release _ ->
          new Deed.Done();
    };
  }
}
