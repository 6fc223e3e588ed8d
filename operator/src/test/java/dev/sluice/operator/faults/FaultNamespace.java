package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.operator.OperatorInstance;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A namespace, a person in it, an operator on it with faults between, and all that plays. */
final class FaultNamespace implements AutoCloseable {
  /** Quicker than the default, so that tests are. */
  static final Timings PACE =
      new Timings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(2));

  static final OperatorInstance.Settings SETTINGS =
      new OperatorInstance.Settings(InstantSource.system(), PACE, false);

  /** Longer than a cache pauses that was refused its list nine times. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  /** One of each for all worlds: it has no faults. */
  static final KubernetesClient PERSON = OperatorInstance.client(OperatorInstance.apiServer());

  static final SharedWatch SIGHT = new SharedWatch(PERSON);

  static final Canary CANARY = Canary.listening();

  final FaultScript script;
  final String namespace;
  final SimulatedDatabase ledger = new SimulatedDatabase();
  final Invariants invariants;
  private final SimulatedCluster player;
  private final OperatorRestarts life;

  FaultNamespace(FaultScript script, Function<SimulatedRun, RunScript> parts) {
    this(script, parts, SETTINGS);
  }

  FaultNamespace(
      FaultScript script,
      Function<SimulatedRun, RunScript> parts,
      OperatorInstance.Settings settings) {
    this.script = script;
    this.namespace = newNamespace();
    this.invariants = new Invariants(ledger);
    this.player = new SimulatedCluster(PERSON, ledger, parts, invariants::add);
    SIGHT.add(this);
    this.life = life("operator", script, settings);
  }

  /** A further operator on the same namespace; whoever asks for it closes it. */
  OperatorRestarts life(String name, FaultScript itsScript, OperatorInstance.Settings settings) {
    return new OperatorRestarts(namespace, name, itsScript, settings);
  }

  private static String newNamespace() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withGenerateName("f-").endMetadata().build();
    var name = PERSON.resource(namespace).create().getMetadata().getName();
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("shop-db")
            .endMetadata()
            .addToStringData("password", Canary.PASSWORD)
            .build();
    PERSON.resource(secret).inNamespace(name).create();
    return name;
  }

  OperatorRestarts life() {
    return life;
  }

  void seen(Action action, HasMetadata resource) {
    invariants.look(action, resource);
    if (resource instanceof Job job) {
      player.look(action, job);
    }
  }

  void broken(String how) {
    invariants.add(how);
  }

  void apply(DesiredSpec wish) {
    var applied =
        PERSON.resource(wish.manifest()).inNamespace(namespace).forceConflicts().serverSideApply();
    await("one's own write", () -> isSeen(applied));
  }

  /** That version, or a later one, or another object, or none any more. */
  private boolean isSeen(HasMetadata applied) {
    var seen = migration(applied.getMetadata().getName());
    return seen == null
        ? absent(applied.getMetadata().getName())
        : !seen.getMetadata().getUid().equals(applied.getMetadata().getUid())
            || seen.getMetadata().getGeneration() >= applied.getMetadata().getGeneration();
  }

  /** As it would be after a restore. */
  void put(DesiredSpec wish, DatabaseMigrationStatus status) {
    apply(wish);
    PERSON
        .resources(DatabaseMigration.class)
        .inNamespace(namespace)
        .withName(wish.name())
        .editStatus(m -> {
          m.setStatus(status);
          return m;
        });
  }

  void retry(String name, String token) {
    ledger.retried();
    PERSON
        .resources(DatabaseMigration.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"sluice.dev/retry\":\"%s\"}}}".formatted(token));
  }

  void delete(String name) {
    PERSON.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).delete();
  }

  @Nullable DatabaseMigration migration(String name) {
    return SIGHT.migration(namespace, name);
  }

  /** Asked directly: what is seen may lag behind one's own write. */
  boolean absent(String name) {
    return PERSON.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).get()
        == null;
  }

  /** Whether a run of the present object brought that. */
  boolean applied(String name, DesiredSpec wish) {
    var migration = migration(name);
    return migration != null
        && DesiredMigration.read(migration.getSpec()) instanceof Understood(_, var input)
        && input.revision().equals(wish.revision())
        && ledger.has(input.revision(), input.target(), migration.getMetadata().getUid());
  }

  /** Whether a run's end went by unseen, since its Job was taken away meanwhile. */
  boolean unseen(String name) {
    return status(name).history().stream()
        .anyMatch(h -> h.outcome() == Outcome.Cancelled || h.outcome() == Outcome.Lost);
  }

  DatabaseMigrationStatus status(String name) {
    var migration = migration(name);
    return migration == null
        ? DatabaseMigrationStatus.EMPTY
        : Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
  }

  List<Job> jobs() {
    return SIGHT.jobs(namespace);
  }

  /** The API server's, as it is now. */
  String version() {
    return PERSON
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .list()
        .getMetadata()
        .getResourceVersion();
  }

  /** Ready's reason, of the present generation. */
  boolean stands(String name, String reason) {
    var migration = migration(name);
    return migration != null
        && migration.getStatus() != null
        && migration.getStatus().conditions().stream()
            .anyMatch(c ->
                c.type().equals("Ready")
                    && c.reason().equals(reason)
                    && Objects.equals(
                        c.observedGeneration(), migration.getMetadata().getGeneration()));
  }

  /** Ready or Stalled or suspended, of the present generation, and no run is active; or gone. */
  boolean settled(String name) {
    var migration = migration(name);
    if (migration == null) {
      return true;
    }
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    return !migration.isMarkedForDeletion()
        && migration.getFinalizers().isEmpty()
        && Objects.equals(status.observedGeneration(), migration.getMetadata().getGeneration())
        && Objects.equals(
            migration.getMetadata().getAnnotations().get("sluice.dev/retry"), status.handledRetry())
        && !status.conditions().isEmpty()
        && status.conditions().stream()
            .noneMatch(c ->
                (c.type().equals("Reconciling") && c.status().equals("True"))
                    // what was refused is told until a later look has found it done
                    || String.valueOf(c.message()).contains("the API server refuses"))
        // a Job may be over a moment after its run's end is told, and gets its owner then
        && jobs().stream().allMatch(job -> JobRules.over(job) && isOwned(job));
  }

  private static boolean isOwned(Job job) {
    return !job.getMetadata().getOwnerReferences().isEmpty();
  }

  /** Waits for it, generously; {@code what} says what was waited for in vain. */
  void await(String what, BooleanSupplier condition) {
    var end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        Assertions.fail(what + " never came; " + story());
      }
      pause(Duration.ofMillis(20));
    }
  }

  /** How the migration and its Jobs ended up, to be compared with another world's. */
  List<String> end(String name) {
    // asked directly: the watches of migrations and Jobs may be apart
    var jobs =
        PERSON.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
            .map(j ->
                FinalStatus.plain(j.getMetadata().getName())
                    + (JobRules.over(j) ? " over" : "")
                    + (isOwned(j) ? " owned" : ""))
            .sorted();
    return Stream.concat(FinalStatus.of(migration(name)).stream(), jobs).toList();
  }

  /** Waits until nothing is written any more; what a fault left to be told may come after it. */
  void rests(String name) {
    do {
      await("rest", () -> settled(name));
      quiet(Duration.ofMillis(500));
    } while (!settled(name));
  }

  /** Waits until so long nothing was written to migrations and Jobs. */
  void quiet(Duration during) {
    var since = new AtomicReference<>(Instant.now());
    var writes = new AtomicInteger();
    await(
        "quiet (I6)",
        () -> {
          if (writes.getAndSet(script.count(FaultScript.WRITE)) != writes.get()) {
            since.set(Instant.now());
          }
          return Instant.now().isAfter(since.get().plus(during));
        });
  }

  static void pause(Duration by) {
    try {
      Thread.sleep(by);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that is known, for whoever has to find out. */
  String story() {
    return "namespace %s%n  migrations %s%n  database %s%n  broken %s%n  %s"
        .formatted(
            namespace,
            PERSON
                .resources(DatabaseMigration.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(FinalStatus::of)
                .toList(),
            ledger.runs(),
            invariants.broken(),
            String.join(System.lineSeparator() + "  ", script.journal()));
  }

  void holds() {
    Assertions.assertThat(CANARY.seen()).isEmpty();
    Assertions.assertThat(invariants.broken()).as(this::story).isEmpty();
  }

  /** Leaves nothing behind, where many thousand worlds come after it. */
  void clear() {
    PERSON.resources(DatabaseMigration.class).inNamespace(namespace).delete();
    PERSON.batch().v1().jobs().inNamespace(namespace).delete();
    PERSON.pods().inNamespace(namespace).withGracePeriod(0).delete();
    PERSON.v1().events().inNamespace(namespace).delete();
  }

  @Override
  public void close() {
    life.close();
    SIGHT.remove(this);
  }
}
