package dev.sluice.operator.controller;

import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
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
import java.util.Set;

/** Gathers all facts about one migration. */
public final class Observer {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final InstantSource clock;
  private final WarningEvents events;
  private final UnreadableSpec unreadable;
  private final RunLookup look;
  private final SafetyLook rounds;
  private final Timings timings;

  public Observer(KubernetesClient client, InstantSource clock, Timings timings) {
    this.timings = timings;
    this.clock = clock;
    this.events = new WarningEvents(client);
    this.unreadable = new UnreadableSpec(client);
    this.look = new RunLookup(client);
    this.rounds = new SafetyLook(timings.safety());
  }

  Observation observe(DatabaseMigration migration, Context<DatabaseMigration> context) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    return new Observation(
        desired(migration),
        status,
        runs(migration, status, context, now),
        SameDatabaseIndex.neighbours(migration, context),
        now);
  }

  private DesiredMigration desired(DatabaseMigration migration) {
    var meta = migration.getMetadata();
    var spec = migration.getSpec();
    return new DesiredMigration(
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        meta.getGeneration(),
        migration.isMarkedForDeletion(),
        migration.hasFinalizer(RunLabels.FINALIZER),
        RunLabels.of(migration).get(Annotations.RETRY),
        RunLabels.of(migration).get(Annotations.APPROVE),
        spec == null
            ? new DesiredMigration.SpecReading.Unreadable(unreadable.problem(migration))
            : DesiredMigration.read(spec));
  }

  private List<ObservedRun> runs(
      DatabaseMigration migration,
      DatabaseMigrationStatus status,
      Context<DatabaseMigration> context,
      Instant now) {
    var jobs = new ArrayList<>(context.getSecondaryResources(Job.class));
    missing(migration, status, jobs).ifPresent(jobs::add);
    var pods = List.copyOf(context.getSecondaryResources(Pod.class));
    return jobs.stream().map(job -> run(job, pods, now)).flatMap(Optional::stream).toList();
  }

  /** A Job that the status waits for and the cache doesn't have. */
  private Optional<Job> missing(
      DatabaseMigration migration, DatabaseMigrationStatus status, List<Job> jobs) {
    return Observation.inDoubt(status)
        .filter(job -> jobs.stream().noneMatch(j -> j.getMetadata().getName().equals(job)))
        .flatMap(job -> look.job(migration.getMetadata().getNamespace(), job));
  }

  private Optional<ObservedRun> run(Job cached, List<Pod> cachedPods, Instant now) {
    var seen = RunReading.read(cached, cachedPods, List.of());
    if (seen.filter(r -> !r.over() && rounds.due(cached, now)).isPresent()) {
      // a watch event may have been lost
      return look.job(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
          .flatMap(job -> withEvents(job, look.pods(job), now));
    }
    var pods =
        seen.filter(r -> r.over() && !r.owned()).isPresent() && !ended(cached, cachedPods)
            ? look.pods(cached) // its Job was faster; the pod has the reason
            : cachedPods;
    return withEvents(cached, pods, now);
  }

  private static boolean ended(Job job, List<Pod> pods) {
    return RunReading.pod(job, pods)
        .filter(p -> p.getStatus() != null)
        .filter(p -> ENDED.contains(String.valueOf(p.getStatus().getPhase())))
        .isPresent();
  }

  private Optional<ObservedRun> withEvents(Job job, List<Pod> pods, Instant now) {
    var run = RunReading.read(job, pods, List.of());
    return run.filter(r -> stuck(r, now))
        .flatMap(_ ->
            RunReading.read(
                job,
                pods,
                events.about(RunReading.pod(job, pods).map(p -> (HasMetadata) p).orElse(job), now)))
        .or(() -> run);
  }

  private boolean stuck(ObservedRun run, Instant now) {
    return run.phase() instanceof ObservedRun.Phase.Waiting(var obstacle)
        && obstacle == null
        && !run.over()
        && !run.leaving()
        && Duration.between(run.createdAt(), now).compareTo(timings.stuck()) > 0;
  }
}
