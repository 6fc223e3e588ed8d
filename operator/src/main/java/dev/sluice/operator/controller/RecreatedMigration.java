package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Timings;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reconciles an object that was created again under the name of a deleted one: while JOSDK reports
 * the deletion of the old one, it drops events of the new one.
 */
public final class RecreatedMigration {
  private final Timings timings;

  public RecreatedMigration(Timings timings) {
    this.timings = timings;
  }

  void look(DatabaseMigration deleted, Context<DatabaseMigration> context) {
    var source = context.eventSourceRetriever().getControllerEventSource();
    var later = CompletableFuture.delayedExecutor(timings.soon().toMillis(), TimeUnit.MILLISECONDS);
    later.execute(() ->
        source
            .get(ResourceID.fromResource(deleted))
            .ifPresent(there -> source.eventReceived(ResourceAction.ADDED, there, null, null)));
  }
}
