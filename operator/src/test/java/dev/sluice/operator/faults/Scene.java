package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.Played;
import dev.sluice.operator.job.Marks;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The handle of whoever plays one run. */
final class Scene {
  private static final Set<String> AT_WORK = Set.of("Running", "OlderRunEnds", "Deleting");
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final KubernetesClient client;
  private final Ledger ledger;
  private final Job job;
  private final Played played;

  Scene(KubernetesClient client, Ledger ledger, Job job) {
    this.client = client;
    this.ledger = ledger;
    this.job = job;
    this.played = new Played(client, job);
  }

  Ledger ledger() {
    return ledger;
  }

  String revision() {
    return mark(Marks.REVISION);
  }

  long number() {
    return Long.parseLong(mark(Marks.RUN));
  }

  Map<String, String> marks() {
    return played.marks();
  }

  private String mark(String name) {
    return marks().getOrDefault(name, "");
  }

  Scene pending() {
    if (!there()) {
      throw new Gone();
    }
    played.pending();
    return this;
  }

  Scene works() {
    pending();
    played.starts();
    return this;
  }

  Scene rests(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return this;
  }

  Scene starts() {
    played.starts();
    return this;
  }

  void ends(int exit) {
    ends(
        exit,
        exit == 0
            ? "{\"applied\":1,\"total\":3,\"pending\":0}"
            : "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"exit %d\"}}"
                .formatted(exit));
  }

  void ends(int exit, String report) {
    ledger.ends(revision());
    if (exit == 0) {
      ledger.succeeded(marks());
    } else if (exit >= 20) {
      ledger.failedForGood(marks());
    }
    played.ends(exit, report);
  }

  /** Somebody deletes Job and pod. */
  void vanishes() {
    ledger.ends(revision());
    ledger.vanished(marks());
    played.vanishes();
  }

  boolean there() {
    var now = client.resource(job).get();
    return now != null && now.getMetadata().getUid().equals(job.getMetadata().getUid());
  }

  /** Waits until the migration's status tells of this run. */
  Scene told() throws InterruptedException {
    return when(() -> status().filter(s -> name().equals(s.job())).isPresent());
  }

  /** Waits until the status says that it works. */
  Scene toldAtWork() throws InterruptedException {
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
  Scene deleting() throws InterruptedException {
    return when(() -> migration().filter(DatabaseMigration::isMarkedForDeletion).isPresent());
  }

  /** Waits until the spec is another than this run's. */
  Scene changed() throws InterruptedException {
    return when(() ->
        migration()
            .filter(m -> !m.getMetadata().getGeneration().toString().equals(mark(Marks.GENERATION)))
            .isPresent());
  }

  private Optional<DatabaseMigrationStatus> status() {
    return migration().map(DatabaseMigration::getStatus);
  }

  private Optional<DatabaseMigration> migration() {
    return Optional.ofNullable(
        World.SIGHT.migration(job.getMetadata().getNamespace(), mark(Marks.NAME)));
  }

  private String name() {
    return played.name();
  }

  /** Waits for that; the run's Job may go meanwhile. */
  Scene when(BooleanSupplier condition) throws InterruptedException {
    var end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      if (World.SIGHT.jobs(job.getMetadata().getNamespace()).stream()
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
