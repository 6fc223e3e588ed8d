package dev.sluice.operator.controller;

import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.job.JobClaim;
import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gathers all facts about one migration. */
public final class Observer {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final Set<JobClaim> KNOWN = Set.of(JobClaim.STORED, JobClaim.EARLIER);

  /** From here on older entries of the status go as newer ones come. */
  private static final int MANY_APPLIED = 50;

  private final InstantSource clock;
  private final WarningEvents events;
  private final UnreadableSpec unreadable;
  private final RunLookup look;
  private final JobProofs proofs;
  private final VanishedRuns vanished;
  private final RequiredByPods pods;
  private final SafetyLook rounds;
  private final Timings timings;

  public Observer(
      KubernetesClient client,
      InstantSource clock,
      Timings timings,
      WarningEvents events,
      RunLookup look,
      JobProofs proofs,
      VanishedRuns vanished,
      RequiredByPods pods) {
    this.timings = timings;
    this.clock = clock;
    this.events = events;
    this.unreadable = new UnreadableSpec(client);
    this.look = look;
    this.proofs = proofs;
    this.vanished = vanished;
    this.pods = pods;
    this.rounds = new SafetyLook(timings.safety());
  }

  Observation observe(DatabaseMigration migration, Context<DatabaseMigration> context) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    var desired = desired(migration);
    var runs = new Look(desired, status, context, now).runs();
    return new Observation(
        desired,
        status,
        runs,
        SameDatabaseIndex.neighbours(migration, context),
        required(desired, status, runs),
        now);
  }

  /** When entries are about to go, those of all pods are asked for. */
  private List<String> required(
      DesiredMigration desired, DatabaseMigrationStatus status, List<ObservedRun> runs) {
    var last = status.lastRun();
    var enters =
        status.appliedRevisions().size() >= MANY_APPLIED
            && runs.stream()
                .filter(r -> r.phase() instanceof Phase.Ended)
                .anyMatch(r ->
                    r.job().equals(status.job()) && (last == null || !last.job().equals(r.job())));
    return enters
        ? pods.existing(desired.namespace(), desired.name())
        : pods.waiting(desired.namespace(), desired.name());
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

  /** One look at the Jobs and pods of a migration. */
  private final class Look {
    private final DesiredMigration desired;
    private final DatabaseMigrationStatus status;
    private final Context<DatabaseMigration> context;
    private final Instant now;

    Look(
        DesiredMigration desired,
        DatabaseMigrationStatus status,
        Context<DatabaseMigration> context,
        Instant now) {
      this.desired = desired;
      this.status = status;
      this.context = context;
      this.now = now;
    }

    List<ObservedRun> runs() {
      var jobs = List.copyOf(context.getSecondaryResources(Job.class));
      var inDoubt =
          Observation.inDoubt(status, desired.deleting()).filter(job -> isAbsent(job, jobs));
      var found = inDoubt.flatMap(job -> look.job(desired.namespace(), job));
      var cachedPods = List.copyOf(context.getSecondaryResources(Pod.class));
      var runs =
          Stream.concat(jobs.stream(), found.stream())
              .flatMap(job -> run(job, cachedPods).stream())
              .toList();
      var gone =
          Observation.inDoubt(status)
              .filter(job -> runs.stream().noneMatch(r -> r.job().equals(job)));
      return Stream.concat(runs.stream(), gone.flatMap(_ -> vanished()).stream()).toList();
    }

    private boolean isAbsent(String name, List<Job> jobs) {
      return jobs.stream()
          .noneMatch(j ->
              j.getMetadata().getName().equals(name)
                  && KNOWN.contains(JobClaim.of(j, desired, status)));
    }

    /** The run that the status waits for, when its Job is gone. */
    private Optional<ObservedRun> vanished() {
      return Optional.ofNullable(status.started())
          .flatMap(started -> vanished.of(started.jobUid(), now));
    }

    private Optional<ObservedRun> run(Job job, List<Pod> cachedPods) {
      return switch (JobClaim.of(job, desired, status)) {
        case NONE -> Optional.empty();
        case STORED -> inFlight(current(job, cachedPods, true));
        case NEW -> inFlight(current(job, cachedPods, proofs.isOurs(job, desired)));
        case EARLIER -> RunReading.read(job, cachedPods, List.of(), true);
        case OF_ANOTHER_OBJECT -> RunReading.read(job, cachedPods, List.of(), false);
      };
    }

    private Optional<ObservedRun> inFlight(Optional<ObservedRun> run) {
      run.filter(r -> !r.over()).ifPresent(vanished::inFlight);
      return run;
    }

    private Optional<ObservedRun> current(Job cached, List<Pod> cachedPods, boolean proven) {
      var seen = RunReading.read(cached, cachedPods, List.of(), proven);
      if (seen.filter(r -> !r.over() && rounds.due(cached, now)).isPresent()) {
        // a watch event may have been lost
        return look.job(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
            .filter(job -> job.getMetadata().getUid().equals(cached.getMetadata().getUid()))
            .flatMap(job -> withEvents(job, look.pods(job), proven));
      }
      var pods =
          seen.filter(r -> r.over() && !r.owned()).isPresent() && !ended(cached, cachedPods)
              ? look.pods(cached) // its Job was faster; the pod has the reason
              : cachedPods;
      return withEvents(cached, pods, proven);
    }

    private Optional<ObservedRun> withEvents(Job job, List<Pod> pods, boolean proven) {
      var run = RunReading.read(job, pods, List.of(), proven);
      var claimants = RunReading.pods(job, pods);
      if (claimants.isEmpty()) {
        var end = vanished.end(job.getMetadata().getUid());
        if (end.isPresent() && run.filter(ObservedRun::leaving).isPresent()) {
          return run.map(r -> r.at(new Phase.Ended(end.get())));
        }
      }
      var about = claimants.isEmpty() ? job : (HasMetadata) claimants.getFirst();
      return run.filter(this::stuck)
          .flatMap(_ -> RunReading.read(job, pods, events.about(about, now), proven))
          .or(() -> run);
    }

    private boolean stuck(ObservedRun run) {
      var silent =
          switch (run.phase()) {
            case Phase.Waiting(var obstacle) -> obstacle == null;
            case Phase.Bound(var before) -> before == null;
            case Phase.Working _, Phase.Ended _ -> false;
          };
      return silent
          && !run.over()
          && !run.leaving()
          && Duration.between(run.createdAt(), now).compareTo(timings.stuck()) > 0;
    }
  }

  private static boolean ended(Job job, List<Pod> pods) {
    var claimants = RunReading.pods(job, pods);
    return !claimants.isEmpty()
        && claimants.stream()
            .allMatch(p ->
                p.getStatus() != null && ENDED.contains(String.valueOf(p.getStatus().getPhase())));
  }
}
