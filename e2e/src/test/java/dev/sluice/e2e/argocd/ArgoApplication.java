package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.e2e.harness.Page;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Argo CD's own resource of one team, as {@code kubectl get} sees it. */
final class ArgoApplication {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final Resource<GenericKubernetesResource> resource;
  private final String argoNamespace;
  private final String namespace;
  private final String name;

  ArgoApplication(KubernetesClient client, String argoNamespace, String namespace, String team) {
    this.client = client;
    this.argoNamespace = argoNamespace;
    this.namespace = namespace;
    this.name = namespace + "-" + team;
    this.resource =
        client
            .genericKubernetesResources("argoproj.io/v1alpha1", "Application")
            .inNamespace(argoNamespace)
            .withName(name);
  }

  /** The one of the page, for another repository and namespace. */
  void create(String repository, Map<String, Object> syncPolicy) {
    var manifest =
        Serialization.unmarshal(
            Page.of("docs/argocd.md").block("The Application"), ObjectNode.class);
    manifest.withObjectProperty("metadata").put("name", name).put("namespace", argoNamespace);
    var spec = manifest.withObjectProperty("spec");
    spec.withObjectProperty("source").put("repoURL", repository);
    spec.withObjectProperty("destination").put("namespace", namespace);
    syncPolicy.forEach((field, value) ->
        spec.withObjectProperty("syncPolicy").set(field, JSON.valueToTree(value)));
    client
        .resource(JSON.convertValue(manifest, GenericKubernetesResource.class))
        .inNamespace(argoNamespace)
        .create();
  }

  /** Has the repository and the cluster compared now. */
  void refresh() {
    if (resource.get() != null) {
      patch(
          Map.of(
              "metadata", Map.of("annotations", Map.of("argocd.argoproj.io/refresh", "normal"))));
    }
  }

  /** {@code argocd app sync} of a commit, with what more these fields say; to its end. */
  void sync(String commit, Map<String, Object> fields, String phase) {
    var sync = new HashMap<String, Object>(fields);
    sync.put("revision", commit);
    patch(Map.of("operation", Map.of("sync", sync)));
    assertPhase(phase, await("sync that has ended", a -> !a.has("operation")));
  }

  private void patch(Map<String, Object> change) {
    resource.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(change));
  }

  JsonNode get() {
    return JSON.valueToTree(Objects.requireNonNull(resource.get(), name + " isn't there"));
  }

  /** The sync of that commit has ended so, the last of its retries included. */
  JsonNode awaitSync(String commit, String phase) {
    var ended =
        await(
            "sync of " + commit + " that has ended",
            a -> {
              var state = a.at("/status/operationState");
              return state.at("/syncResult/revision").asText().equals(commit)
                  && !state.path("phase").asText().equals("Running");
            });
    assertPhase(phase, ended);
    return ended;
  }

  private static void assertPhase(String phase, JsonNode ended) {
    var state = ended.at("/status/operationState");
    assertThat(state.path("phase").asText()).as("%s", state.path("message")).isEqualTo(phase);
  }

  /** The sync runs, and waits for that migration. */
  void awaitWave(String migration) {
    var waits = "waiting for healthy state of sluice.dev/DatabaseMigration/" + migration;
    await("sync that waits", a -> a.at("/status/operationState/message").asText().contains(waits));
  }

  JsonNode awaitHealth(String kind, String health) {
    return await(
        "%s that is %s".formatted(kind, health),
        a -> health(a, kind).path("status").asText().equals(health));
  }

  /** What is said of the resource of that kind. */
  static JsonNode health(JsonNode application, String kind) {
    return StreamSupport.stream(application.at("/status/resources").spliterator(), false)
        .filter(r -> r.path("kind").asText().equals(kind))
        .findFirst()
        .map(r -> r.path("health"))
        .orElse(JSON.missingNode());
  }

  JsonNode await(String what, Predicate<JsonNode> predicate) {
    try {
      return Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .until(this::get, predicate);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "no %s in time:%n%s".formatted(what, Serialization.asYaml(get().path("status"))), e);
    }
  }

  void delete() {
    resource.delete();
  }

  void awaitGone() {
    resource.waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
