package dev.sluice.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.controller.UnreadableAsNull;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A namespace of its own, operators on it, and a person who applies and looks. */
final class TestNamespace implements AutoCloseable {
  final KubernetesClient person = person(TestApiServer.shared().config());
  final String namespace =
      person
          .resource(
              new NamespaceBuilder().withNewMetadata().withGenerateName("t-").endMetadata().build())
          .create()
          .getMetadata()
          .getName();

  /** What a thread of another test throws, as an operator's that was killed, isn't this one's. */
  static ConditionFactory await() {
    return Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100));
  }

  /** Waits so long, in which it stays true. */
  static void stays(Duration during, Callable<Boolean> condition) {
    await().during(during).until(condition);
  }

  /** Sees whole objects, other than an operator. */
  static KubernetesClient person(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(
            new KubernetesSerialization(
                new ObjectMapper().registerModule(new UnreadableAsNull()), true))
        .build();
  }

  SluiceOperator operator() {
    return operator(false, "operator");
  }

  SluiceOperator operator(boolean leaderElection, String name) {
    return operator(leaderElection, name, namespace, InstantSource.system());
  }

  SluiceOperator operator(
      boolean leaderElection, String name, String installation, InstantSource clock) {
    return operator(leaderElection, name, installation, clock, new WriteRecorder());
  }

  SluiceOperator operator(String name, WriteRecorder written) {
    return operator(false, name, namespace, InstantSource.system(), written);
  }

  private SluiceOperator operator(
      boolean leaderElection,
      String name,
      String installation,
      InstantSource clock,
      WriteRecorder written) {
    var config =
        new OperatorConfig(
            "runner:1",
            Set.of(namespace),
            leaderElection,
            installation,
            name,
            0,
            null,
            true,
            "info");
    var client =
        OperatorMain.client(
            new KubernetesClientBuilder()
                .withConfig(TestApiServer.shared().config())
                .withHttpClientBuilderConsumer(http ->
                    http.addOrReplaceInterceptor("verbs", VerbRecorder.USED)
                        .addOrReplaceInterceptor("written", written)));
    try {
      var operator = new SluiceOperator(config, client, clock, () -> {});
      operator.start();
      return operator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String manifest(String name, String image) {
    return """
    apiVersion: sluice.dev/v1alpha1
    kind: DatabaseMigration
    metadata: {name: %s}
    spec:
      image: %s
      changelog: {path: root.yaml}
      database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
      run: {attempts: 2, backoff: {initial: 1s, max: 1s}}
    """
        .formatted(name, image);
  }

  void apply(String manifest) {
    person.resource(manifest).inNamespace(namespace).forceConflicts().serverSideApply();
  }

  DatabaseMigration migration(String name) {
    return Objects.requireNonNull(
        person.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).get());
  }

  boolean gone(String name) {
    return person.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).get()
        == null;
  }

  DatabaseMigrationStatus status(String name) {
    return Objects.requireNonNullElse(migration(name).getStatus(), DatabaseMigrationStatus.EMPTY);
  }

  void delete(String name) {
    person.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).delete();
  }

  /** Waits for Ready's reason, for the object's generation. */
  DatabaseMigrationStatus stands(String name, String reason) {
    await()
        .untilAsserted(() -> {
          var migration = migration(name);
          Assertions.assertThat(ready(migration))
              .as(() -> "" + migration.getStatus())
              .isEqualTo(reason + " of generation " + migration.getMetadata().getGeneration());
        });
    return status(name);
  }

  private static String ready(DatabaseMigration migration) {
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    return status.conditions().stream()
        .filter(c -> c.type().equals("Ready"))
        .findFirst()
        .map(c -> c.reason() + " of generation " + c.observedGeneration())
        .orElse("");
  }

  static List<String> trueConditions(DatabaseMigrationStatus status) {
    return status.conditions().stream()
        .filter(c -> c.status().equals("True"))
        .map(Condition::type)
        .toList();
  }

  List<String> events(String name) {
    return person.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> e.getRegarding().getName().equals(name))
        .map(e -> e.getReason())
        .toList();
  }

  /** The reasons of its warnings. */
  List<String> warnings(String name) {
    return person.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> e.getRegarding().getName().equals(name) && "Warning".equals(e.getType()))
        .map(e -> e.getReason())
        .toList();
  }

  /** What events of that reason say. */
  List<String> notes(String name, String reason) {
    return person.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> e.getRegarding().getName().equals(name) && reason.equals(e.getReason()))
        .map(e -> e.getNote())
        .toList();
  }

  List<Job> jobs() {
    return person.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
        .sorted(Comparator.comparing(j -> j.getMetadata().getName()))
        .toList();
  }

  /** Waits for the run of that number. */
  SimulatedJob run(long number) {
    var suffix = "-" + number;
    await().until(() -> jobs().stream().anyMatch(j -> j.getMetadata().getName().endsWith(suffix)));
    return new SimulatedJob(
        person,
        jobs().stream()
            .filter(j -> j.getMetadata().getName().endsWith(suffix))
            .findFirst()
            .orElseThrow());
  }

  /** Waits for the run of that number of that migration, whose name may be a pattern. */
  SimulatedJob run(String name, long number) {
    var pattern = name + "-[0-9a-f]{10}-" + number;
    await().until(() -> jobs().stream().anyMatch(j -> j.getMetadata().getName().matches(pattern)));
    return new SimulatedJob(
        person,
        jobs().stream()
            .filter(j -> j.getMetadata().getName().matches(pattern))
            .findFirst()
            .orElseThrow());
  }

  /** Once no run is active, nothing is written: the object stays the version that it is. */
  void quiet(String name) {
    await().until(() -> migration(name).getMetadata().getFinalizers().isEmpty());
    var version = migration(name).getMetadata().getResourceVersion();
    stays(
        Duration.ofSeconds(3),
        () -> migration(name).getMetadata().getResourceVersion().equals(version));
  }

  @Override
  public void close() {
    person.close();
  }
}
