package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Goal;
import dev.sluice.operator.decision.Observation;
import dev.sluice.operator.decision.Run;
import dev.sluice.operator.job.Marks;
import dev.sluice.operator.job.RunReading;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gathers all facts about one migration. */
public final class Observer {
  private final KubernetesClient client;
  private final InstantSource clock;
  private final EventLook events;
  private final UnreadableSpec unreadable;
  private final Pace pace;

  public Observer(KubernetesClient client, InstantSource clock, Pace pace) {
    this.client = client;
    this.pace = pace;
    this.clock = clock;
    this.events = new EventLook(client);
    this.unreadable = new UnreadableSpec(client);
  }

  Observation observe(DatabaseMigration migration, Context<DatabaseMigration> context) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    return new Observation(goal(migration), status, runs(migration, status, context, now), now);
  }

  private Goal goal(DatabaseMigration migration) {
    var meta = migration.getMetadata();
    var spec = migration.getSpec();
    return new Goal(
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        meta.getGeneration(),
        migration.isMarkedForDeletion(),
        migration.hasFinalizer(Marks.FINALIZER),
        Marks.of(migration).get(Marks.RETRY),
        spec == null ? new Goal.Asked.Unreadable(unreadable.problem(migration)) : Goal.read(spec));
  }

  private List<Run> runs(
      DatabaseMigration migration,
      DatabaseMigrationStatus status,
      Context<DatabaseMigration> context,
      Instant now) {
    var jobs = new ArrayList<>(context.getSecondaryResources(Job.class));
    missing(migration, status, jobs).ifPresent(jobs::add);
    var pods = List.copyOf(context.getSecondaryResources(Pod.class));
    return jobs.stream().map(job -> run(job, pods, now)).flatMap(Optional::stream).toList();
  }

  /** A Job that the status waits for and the cache lacks: only the API server knows. */
  private Optional<Job> missing(
      DatabaseMigration migration, DatabaseMigrationStatus status, List<Job> jobs) {
    var job = status.job();
    if (job == null
        || (status.lastRun() != null && status.lastRun().job().equals(job))
        || jobs.stream().anyMatch(j -> j.getMetadata().getName().equals(job))) {
      return Optional.empty();
    }
    var namespace = migration.getMetadata().getNamespace();
    return Optional.ofNullable(
        client.batch().v1().jobs().inNamespace(namespace).withName(job).get());
  }

  private Optional<Run> run(Job job, List<Pod> pods, Instant now) {
    var run = RunReading.read(job, pods, List.of());
    return run.filter(r -> stuck(r, now))
        .flatMap(_ ->
            RunReading.read(
                job,
                pods,
                events.about(RunReading.pod(job, pods).map(p -> (HasMetadata) p).orElse(job), now)))
        .or(() -> run);
  }

  private boolean stuck(Run run, Instant now) {
    return run.phase() instanceof Run.Phase.Waiting(var obstacle)
        && obstacle == null
        && !run.over()
        && !run.leaving()
        && Duration.between(run.createdAt(), now).compareTo(pace.stuck()) > 0;
  }
}
