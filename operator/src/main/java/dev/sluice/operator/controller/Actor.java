package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Housekeeping;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** Does what was decided, and tidies. */
public final class Actor {
  private final JobWriter jobs;
  private final MigrationWriter writer;

  public Actor(JobWriter jobs, MigrationWriter writer) {
    this.jobs = jobs;
    this.writer = writer;
  }

  /**
   * What acting came to.
   *
   * @param migration as it is stored after the writes to it; what is written next goes onto this
   */
  record Acted(DatabaseMigration migration, ActionResult result) {}

  Acted act(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision) {
    var housekeeping = Housekeeping.of(seen, decision);
    housekeeping.own().forEach(run -> jobs.own(seen.desired(), run));
    housekeeping.prune().forEach(run -> jobs.delete(seen.desired(), run));
    housekeeping.orphan().forEach(run -> jobs.orphan(seen.desired(), run));
    housekeeping.takeBack().forEach(run -> jobs.takeBack(seen.desired(), run));
    if (housekeeping.release()) {
      var released = writer.withoutFinalizer(migration, context);
      return new Acted(released.orElse(migration), new ActionResult.Touched());
    }
    return switch (decision) {
      case Start start when seen.desired().reading() instanceof Understood understood ->
          start(migration, context, seen, start, understood);
      case Cancel(var run, _) ->
          new Acted(
              migration,
              jobs.isAs(seen.desired(), run)
                  ? new ActionResult.Done()
                  : new ActionResult.Touched());
      case Start _,
          Decision.Unreadable _,
          Decision.Applied _,
          Decision.Suspended _,
          Decision.Await _,
          Decision.Ask _,
          Decision.Pause _,
          Decision.Stall _,
          Decision.Release _ ->
          new Acted(migration, new ActionResult.Done());
    };
  }

  private Acted start(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Start start,
      Understood understood) {
    return latest(migration, context, seen)
        .map(latest ->
            new Acted(latest, jobs.start(seen.desired(), understood.spec(), start.run(), context)))
        .orElseGet(() -> new Acted(migration, new ActionResult.Touched()));
  }

  /**
   * With the finalizer. Empty: there is a newer version. A cache that lags may show a run ended
   * long ago as the next one; a write finds that out as well as a read.
   */
  private Optional<DatabaseMigration> latest(
      DatabaseMigration migration, Context<DatabaseMigration> context, Observation seen) {
    if (!seen.desired().finalizer()) {
      return writer.withFinalizer(migration, context);
    }
    return writer.isLatest(migration) ? Optional.of(migration) : Optional.empty();
  }
}
