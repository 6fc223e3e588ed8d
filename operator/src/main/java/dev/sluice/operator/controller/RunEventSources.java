package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.job.RunLabels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the Jobs of runs and their pods, by label; they carry no owner reference while active.
 */
final class RunEventSources {
  /** Objects per page of a list: the text of a whole page is in memory at once. */
  static final long PAGE = 200;

  private RunEventSources() {}

  static List<EventSource<?, DatabaseMigration>> of(
      EventSourceContext<DatabaseMigration> context, VanishedRuns vanished) {
    return List.of(
        source("jobs", Job.class, context, _ -> {}),
        source("pods", Pod.class, context, vanished::podDeleted));
  }

  private static <R extends HasMetadata> InformerEventSource<R, DatabaseMigration> source(
      String name,
      Class<R> kind,
      EventSourceContext<DatabaseMigration> context,
      Consumer<R> whenDeleted) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, DatabaseMigration.class)
            .withName(name)
            .withLabelSelector(RunLabels.LABEL)
            .withInformerListLimit(PAGE)
            .withNamespacesInheritedFromController()
            .withOnDeleteFilter((deleted, _) -> {
              whenDeleted.accept(deleted);
              return true;
            })
            .withSecondaryToPrimaryMapper(RunEventSources::migration)
            .build(),
        context);
  }

  private static Set<ResourceID> migration(HasMetadata resource) {
    var name = RunLabels.of(resource).get(RunLabels.NAME);
    return name == null
        ? Set.of()
        : Set.of(new ResourceID(name, resource.getMetadata().getNamespace()));
  }
}
