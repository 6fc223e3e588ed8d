package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.CurrentStatus;
import dev.sluice.operator.decision.Decider;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Observe, decide, act, report. */
@ControllerConfiguration(
    name = "databasemigration",
    informer = @Informer(informerListLimit = RunEventSources.PAGE),
    // sluice.dev/retry is an annotation, and objects that are being deleted have no finalizer of
    // JOSDK's
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true)
public final class MigrationReconciler implements Reconciler<DatabaseMigration> {
  private final Observer observer;
  private final Actor actor;
  private final Reporter reporter;
  private final RecreatedMigration recreated;
  private final WatchedMigrations migrations;
  private final VanishedRuns vanished;

  public MigrationReconciler(
      Observer observer,
      Actor actor,
      Reporter reporter,
      RecreatedMigration recreated,
      WatchedMigrations migrations,
      VanishedRuns vanished) {
    this.observer = observer;
    this.actor = actor;
    this.reporter = reporter;
    this.recreated = recreated;
    this.migrations = migrations;
    this.vanished = vanished;
  }

  @Override
  public UpdateControl<DatabaseMigration> reconcile(
      DatabaseMigration migration, Context<DatabaseMigration> context) {
    migrations.looked(migration);
    if (context.isPrimaryResourceDeleted()) {
      recreated.look(migration, context);
      return UpdateControl.noUpdate();
    }
    var observation = observer.observe(migration, context);
    var current = CurrentStatus.of(observation);
    var decision = Decider.decide(current);
    if (current.isAnnouncedFirst(decision)) {
      return reporter.report(
          context, current, decision, new Actor.Acted(migration, new ActionResult.Announced()));
    }
    var acted = actor.act(migration, context, observation, decision);
    return reporter.report(context, current, decision, acted);
  }

  @Override
  public List<EventSource<?, DatabaseMigration>> prepareEventSources(
      EventSourceContext<DatabaseMigration> context) {
    migrations.watch(context.getPrimaryCache());
    SameDatabaseIndex.index(context.getPrimaryCache());
    return RunEventSources.of(context, vanished);
  }
}
