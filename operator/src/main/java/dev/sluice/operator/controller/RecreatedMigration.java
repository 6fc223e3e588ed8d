package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks after an object that was made anew under the name of a deleted one: while JOSDK tells of
 * the old one's end, it forgets what it hears of the new one.
 */
public final class RecreatedMigration {
  private final Timings pace;

  public RecreatedMigration(Timings pace) {
    this.pace = pace;
  }

  void look(DatabaseMigration deleted, Context<DatabaseMigration> context) {
    var source = context.eventSourceRetriever().getControllerEventSource();
    var later = CompletableFuture.delayedExecutor(pace.soon().toMillis(), TimeUnit.MILLISECONDS);
    later.execute(() ->
        source
            .get(ResourceID.fromResource(deleted))
            .ifPresent(there -> source.eventReceived(ResourceAction.ADDED, there, null, null)));
  }
}
