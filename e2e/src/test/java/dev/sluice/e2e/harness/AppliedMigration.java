package dev.sluice.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** An applied DatabaseMigration, as {@code kubectl get} and {@code kubectl wait} see it. */
public final class AppliedMigration {

  private static final long MINUTES = 4;

  private final Site site;
  private final String name;
  private final Resource<DatabaseMigration> resource;

  AppliedMigration(Site site, String name, Resource<DatabaseMigration> resource) {
    this.site = site;
    this.name = name;
    this.resource = resource;
  }

  public String name() {
    return name;
  }

  public DatabaseMigration get() {
    return Objects.requireNonNull(resource.get(), name + " isn't there");
  }

  /** Ready for the newest generation; that it is Stalled ends the wait. */
  public DatabaseMigrationStatus awaitReady() {
    var end = await("Ready or Stalled", m -> is(m, "Ready") || is(m, "Stalled"));
    if (!is(end, "Ready")) {
      throw new AssertionError(name + " is Stalled:\n" + Serialization.asYaml(end.getStatus()));
    }
    return status(end);
  }

  /** Stalled for the newest generation; that it is Ready ends the wait. */
  public DatabaseMigrationStatus awaitStalled() {
    var end = await("Stalled or Ready", m -> is(m, "Ready") || is(m, "Stalled"));
    if (!is(end, "Stalled")) {
      throw new AssertionError(name + " is Ready:\n" + Serialization.asYaml(end.getStatus()));
    }
    return status(end);
  }

  /** Not Ready, for this reason. */
  public DatabaseMigrationStatus awaitReason(String reason) {
    return status(
        await(
            reason,
            m -> ready(m).filter(c -> c.reason().equals(reason)).isPresent() && isCurrent(m)));
  }

  public void awaitGone() {
    waitUntil("gone", Objects::isNull);
  }

  private DatabaseMigration await(String what, Predicate<DatabaseMigration> predicate) {
    return Objects.requireNonNull(waitUntil(what, m -> m != null && predicate.test(m)));
  }

  private DatabaseMigration waitUntil(String what, Predicate<DatabaseMigration> predicate) {
    try {
      return resource.waitUntilCondition(predicate, MINUTES, TimeUnit.MINUTES);
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError(
          "%s isn't %s after %d minutes:%n%s"
              .formatted(name, what, MINUTES, Serialization.asYaml(resource.require().getStatus())),
          e);
    }
  }

  public void delete() {
    resource.delete();
  }

  /** {@code kubectl delete --cascade=...}. */
  public void delete(DeletionPropagation propagation) {
    resource.withPropagationPolicy(propagation).delete();
  }

  public void deleteJobs() {
    jobs()
        .forEach(j ->
            site.client()
                .resource(j)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
  }

  public void deletePods() {
    pods().forEach(p -> site.client().resource(p).delete());
  }

  /** Its Jobs; there is one a run. */
  public List<Job> jobs() {
    return site
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(site.namespace())
        .list()
        .getItems()
        .stream()
        .filter(j -> j.getMetadata().getName().startsWith(name + "-"))
        .toList();
  }

  /** How long the container with the migrations of its only run was up. */
  public Duration lasted() {
    return pods().stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .filter(container -> container.getName().equals("migrate"))
        .map(container -> container.getState().getTerminated())
        .map(end ->
            Duration.between(Instant.parse(end.getStartedAt()), Instant.parse(end.getFinishedAt())))
        .findFirst()
        .orElseThrow();
  }

  /** Its pods, ended ones included. */
  private List<Pod> pods() {
    return site.client().pods().inNamespace(site.namespace()).list().getItems().stream()
        .filter(p -> p.getMetadata().getName().startsWith(name + "-"))
        .toList();
  }

  /** A run says it; the end of one that failed may be told before its log can be had. */
  public void awaitLog(String line) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(log()).contains(line));
  }

  /** What its runs have said so far. */
  public String log() {
    var pods = site.client().pods().inNamespace(site.namespace());
    return pods().stream()
        .filter(p -> !"Pending".equals(p.getStatus().getPhase()))
        .map(p -> pods.withName(p.getMetadata().getName()).inContainer("migrate").getLog())
        .collect(Collectors.joining());
  }

  private static boolean is(DatabaseMigration migration, String type) {
    return isCurrent(migration)
        && condition(migration, type).filter(c -> c.status().equals("True")).isPresent();
  }

  private static boolean isCurrent(DatabaseMigration migration) {
    return migration.getMetadata().getGeneration().equals(status(migration).observedGeneration());
  }

  private static Optional<Condition> ready(DatabaseMigration migration) {
    return condition(migration, "Ready").filter(c -> !c.status().equals("True"));
  }

  private static Optional<Condition> condition(DatabaseMigration migration, String type) {
    return status(migration).conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  private static DatabaseMigrationStatus status(DatabaseMigration migration) {
    var status = migration.getStatus();
    return status == null ? DatabaseMigrationStatus.EMPTY : status;
  }
}
