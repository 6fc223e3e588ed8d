package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.operator.SimulatedJob;
import dev.sluice.operator.job.RunLabels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The handle of whoever plays one run. */
final class SimulatedRun {
  private static final Set<String> AT_WORK = Set.of("Running", "OlderRunEnds", "Deleting");
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final KubernetesClient client;
  private final SimulatedDatabase ledger;
  private final Job job;
  private final SimulatedJob played;

  SimulatedRun(KubernetesClient client, SimulatedDatabase ledger, Job job) {
    this.client = client;
    this.ledger = ledger;
    this.job = job;
    this.played = new SimulatedJob(client, job);
  }

  SimulatedDatabase ledger() {
    return ledger;
  }

  String revision() {
    return mark(RunLabels.REVISION);
  }

  long number() {
    return Long.parseLong(mark(RunLabels.RUN));
  }

  Map<String, String> marks() {
    return played.marks();
  }

  private String mark(String name) {
    return marks().getOrDefault(name, "");
  }

  SimulatedRun pending() {
    if (!there()) {
      throw new Gone();
    }
    played.pending();
    return this;
  }

  SimulatedRun works() {
    pending();
    played.starts();
    return this;
  }

  SimulatedRun rests(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return this;
  }

  SimulatedRun starts() {
    played.starts();
    return this;
  }

  void ends(int exit) {
    ends(exit, report(exit));
  }

  private static String report(int exit) {
    return exit == 0
        ? "{\"applied\":1,\"total\":3,\"pending\":0}"
        : "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"exit %d\"}}".formatted(exit);
  }

  void ends(int exit, String report) {
    enter(exit);
    played.ends(exit, report);
  }

  /** Its Job is over once the status tells of the end, or the object is gone. */
  void endsBeforeItsJob(int exit) throws InterruptedException {
    enter(exit);
    played.podEnds(exit, report(exit));
    when(() ->
        migration().isEmpty()
            || status().map(DatabaseMigrationStatus::lastRun).filter(this::isThis).isPresent());
    played.done(exit == 0);
  }

  private boolean isThis(LastRun last) {
    return name().equals(last.job());
  }

  private void enter(int exit) {
    ledger.ends(revision());
    if (exit == 0) {
      ledger.succeeded(marks());
    } else if (exit >= 20) {
      ledger.failedForGood(marks());
    }
  }

  /** Somebody deletes Job and pod. */
  void vanishes() {
    ledger.ends(revision());
    ledger.vanished(marks());
    played.vanishes();
  }

  /** No pod is made for a Job that is being deleted, and none of its pods stays. */
  boolean there() {
    var now = client.resource(job).get();
    return now != null
        && now.getMetadata().getUid().equals(job.getMetadata().getUid())
        && now.getMetadata().getDeletionTimestamp() == null;
  }

  /** Waits until the migration's status tells of this run. */
  SimulatedRun told() throws InterruptedException {
    return when(() -> status().filter(s -> name().equals(s.job())).isPresent());
  }

  /** Waits until the status says that it works. */
  SimulatedRun toldAtWork() throws InterruptedException {
    return when(() ->
        status().stream()
            .filter(s -> name().equals(s.job()))
            .flatMap(s -> s.conditions().stream())
            .anyMatch(c -> AT_WORK.contains(c.reason())));
  }

  /** The object's, as it is now. */
  long generation() {
    return migration().map(m -> m.getMetadata().getGeneration()).orElse(0L);
  }

  /** Waits until the object is being deleted. */
  SimulatedRun deleting() throws InterruptedException {
    return when(() -> migration().filter(DatabaseMigration::isMarkedForDeletion).isPresent());
  }

  /** Waits until the spec is another than this run's. */
  SimulatedRun changed() throws InterruptedException {
    return when(() ->
        migration()
            .filter(
                m -> !m.getMetadata().getGeneration().toString().equals(mark(RunLabels.GENERATION)))
            .isPresent());
  }

  private Optional<DatabaseMigrationStatus> status() {
    return migration().map(DatabaseMigration::getStatus);
  }

  private Optional<DatabaseMigration> migration() {
    return Optional.ofNullable(
        FaultNamespace.SIGHT.migration(job.getMetadata().getNamespace(), mark(RunLabels.NAME)));
  }

  private String name() {
    return played.name();
  }

  /** Waits for that; the run's Job may go meanwhile. */
  SimulatedRun when(BooleanSupplier condition) throws InterruptedException {
    var end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      if (FaultNamespace.SIGHT.jobs(job.getMetadata().getNamespace()).stream()
          .noneMatch(j -> j.getMetadata().getUid().equals(job.getMetadata().getUid()))) {
        throw new Gone();
      }
      Thread.sleep(10);
    }
    return this;
  }

  /** The Job isn't there any more. */
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
