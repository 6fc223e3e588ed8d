package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Housekeeping;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.Obstacle;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what was decided, and tidies. */
public final class Actor {
  private static final String FINALIZER_REFUSED = "the API server refuses this object's finalizer";

  private final JobStarter starter;
  private final JobWriter jobs;
  private final PodWriter pods;
  private final MigrationWriter writer;

  public Actor(JobStarter starter, JobWriter jobs, PodWriter pods, MigrationWriter writer) {
    this.starter = starter;
    this.jobs = jobs;
    this.pods = pods;
    this.writer = writer;
  }

  /**
   * What acting came to.
   *
   * @param migration as it is stored after the writes to it; what is written next goes onto this
   */
  record Acted(DatabaseMigration migration, ActionResult result) {}

  /** What can't be tidied holds up neither the decision nor its report, only the object's end. */
  Acted act(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision) {
    var housekeeping = Housekeeping.of(seen, decision);
    var refused = tidy(seen, housekeeping);
    if (housekeeping.release() && refused.isEmpty()) {
      return release(migration, context);
    }
    if (housekeeping.hold()) {
      return hold(migration, context);
    }
    var acted = decided(migration, context, seen, decision);
    return refused.isPresent() && acted.result() instanceof ActionResult.Done
        ? new Acted(acted.migration(), new ActionResult.Refused(refused.get()))
        : acted;
  }

  private Optional<Obstacle> tidy(Observation seen, Housekeeping housekeeping) {
    var desired = seen.desired();
    return Stream.of(
            housekeeping.own().stream().map(run -> jobs.own(desired, run)),
            housekeeping.prune().stream().map(run -> jobs.delete(desired, run)),
            housekeeping.orphan().stream().map(run -> jobs.orphan(desired, run)),
            housekeeping.endPods().stream().map(run -> pods.end(desired, run)),
            housekeeping.takeBack().stream().map(run -> jobs.takeBack(desired, run)))
        .flatMap(results -> results)
        .toList()
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Its event brings the next look at once. */
  private Acted hold(DatabaseMigration migration, Context<DatabaseMigration> context) {
    try {
      var held = writer.withFinalizer(migration, context);
      return new Acted(held.orElse(migration), new ActionResult.Touched());
    } catch (KubernetesClientException e) {
      return refused(migration, FINALIZER_REFUSED, e);
    }
  }

  private Acted release(DatabaseMigration migration, Context<DatabaseMigration> context) {
    try {
      var released = writer.withoutFinalizer(migration, context);
      return new Acted(released.orElse(migration), new ActionResult.Touched());
    } catch (KubernetesClientException e) {
      return refused(migration, "the API server refuses to take this object's finalizer away", e);
    }
  }

  private Acted decided(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision) {
    return switch (decision) {
      case Start(var run) when seen.desired().reading() instanceof Understood understood ->
          start(migration, context, seen, run, understood);
      case Recheck(var run) when seen.desired().reading() instanceof Understood understood ->
          start(migration, context, seen, run, understood);
      case Cancel(var run, _) ->
          new Acted(
              migration,
              jobs.isAs(seen.desired(), run)
                  ? new ActionResult.Done()
                  : new ActionResult.Touched());
      case Start _,
          Recheck _,
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
      NextRun run,
      Understood understood) {
    try {
      return latest(migration, context, seen)
          .map(latest ->
              new Acted(latest, starter.start(seen.desired(), understood.spec(), run, context)))
          .orElseGet(() -> new Acted(migration, new ActionResult.Touched()));
    } catch (KubernetesClientException e) {
      return refused(migration, FINALIZER_REFUSED, e);
    }
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

  private static Acted refused(
      DatabaseMigration migration, String what, KubernetesClientException e) {
    return new Acted(migration, new ActionResult.Refused(ServerWords.obstacle(what, e)));
  }
}
