package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
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
  private final RecreatedMigration successor;
  private final MigrationMetrics figures;
  private final WatchedMigrations migrations;

  public MigrationReconciler(
      Observer observer,
      Actor actor,
      Reporter reporter,
      RecreatedMigration successor,
      MigrationMetrics figures,
      WatchedMigrations migrations) {
    this.observer = observer;
    this.actor = actor;
    this.reporter = reporter;
    this.successor = successor;
    this.figures = figures;
    this.migrations = migrations;
  }

  @Override
  public UpdateControl<DatabaseMigration> reconcile(
      DatabaseMigration migration, Context<DatabaseMigration> context) {
    migrations.looked(migration);
    if (context.isPrimaryResourceDeleted()) {
      successor.look(migration, context);
      return UpdateControl.noUpdate();
    }
    var observation = observer.observe(migration, context);
    var decision = Decider.decide(observation);
    var deed = actor.act(migration, context, observation, decision);
    return reporter.report(migration, context, observation, decision, deed);
  }

  @Override
  public List<EventSource<?, DatabaseMigration>> prepareEventSources(
      EventSourceContext<DatabaseMigration> context) {
    figures.watch(context.getPrimaryCache());
    migrations.watch(context.getPrimaryCache());
    SameDatabaseIndex.index(context.getPrimaryCache());
    return RunEventSources.of(context);
  }
}
