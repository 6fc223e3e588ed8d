package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A namespace where migrations live, with this program for its Job controller and kubelet. */
final class Town {
  /** Others may not make the pods of runs. */
  private static final String JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller";

  final String name;
  private final Api api;
  private final Map<String, JsonNode> migrations = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> jobs = new ConcurrentHashMap<>();

  private Town(Api api, String name) {
    this.api = api;
    this.name = name;
  }

  static Town found(Api api, String name) {
    var town = new Town(api, name);
    var namespace = Api.JSON.createObjectNode();
    namespace.putObject("metadata").put("name", name);
    api.post("/api/v1/namespaces", namespace);
    api.watch(town.migrations(), event -> keep(town.migrations, event));
    api.watch(town.jobs(), event -> keep(town.jobs, event));
    return town;
  }

  private static void keep(Map<String, JsonNode> all, JsonNode event) {
    var object = event.path("object");
    all.put(migrationOf(object.path("metadata").path("name").asText()), object);
  }

  /** Names here have no dash: it begins a Job's hash. */
  static String migrationOf(String job) {
    return job.split("-", 2)[0];
  }

  String migrations() {
    return "/apis/sluice.dev/v1alpha1/namespaces/" + name + "/databasemigrations";
  }

  String jobs() {
    return "/apis/batch/v1/namespaces/" + name + "/jobs";
  }

  String pods() {
    return "/api/v1/namespaces/" + name + "/pods";
  }

  void apply(String migration) {
    api.post(migrations(), Documents.migration(migration));
  }

  /** As the operator does before it starts a run. */
  void hold(String migration) {
    finalizers(migration, "[\"sluice.dev/run\"]");
  }

  void letGo(String migration) {
    finalizers(migration, "[]");
  }

  private void finalizers(String migration, String all) {
    api.merge(
        migrations() + "/" + migration, "{\"metadata\": {\"finalizers\": %s}}".formatted(all));
  }

  int jobCount() {
    return jobs.size();
  }

  boolean hasJob(String migration) {
    return jobs.containsKey(migration);
  }

  boolean ready(String migration) {
    var conditions = migration(migration).path("status").path("conditions");
    for (var condition : conditions) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /** Whether Ready's message has those words. */
  boolean says(String migration, String words) {
    for (var condition : migration(migration).path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("message").asText().contains(words);
      }
    }
    return false;
  }

  /** Ready, and nothing is left to write. */
  boolean settled(String migration) {
    return ready(migration)
        && migration(migration).path("metadata").path("finalizers").isEmpty()
        && !job(migration).path("metadata").path("ownerReferences").isEmpty();
  }

  private JsonNode migration(String migration) {
    return of(migrations.get(migration));
  }

  private JsonNode job(String migration) {
    return of(jobs.get(migration));
  }

  private static JsonNode of(@Nullable JsonNode known) {
    return Objects.requireNonNullElseGet(known, Api.JSON::createObjectNode);
  }

  void podStarts(String migration) {
    var pod = Documents.pod(job(migration));
    api.postAs(JOB_CONTROLLER, pods(), pod);
    api.merge(pods() + "/" + pod(migration) + "/status", Documents.running());
  }

  void podSucceeds(String migration) {
    api.merge(pods() + "/" + pod(migration) + "/status", Documents.succeeded());
  }

  void jobCompletes(String migration) {
    var status = jobs() + "/" + jobName(migration) + "/status";
    api.merge(status, Documents.uncounted());
    api.merge(status, Documents.complete());
  }

  private String jobName(String migration) {
    return job(migration).path("metadata").path("name").asText();
  }

  String pod(String migration) {
    return jobName(migration) + "-x7k2p";
  }

  /** A migration, its Job and its pod, as they are. */
  Household household(String migration) {
    return new Household(
        migration,
        (ObjectNode) api.get(migrations() + "/" + migration),
        (ObjectNode) api.get(jobs() + "/" + jobName(migration)),
        (ObjectNode) api.get(pods() + "/" + pod(migration)));
  }

  void clear() {
    api.delete(migrations());
    api.delete(jobs());
    api.delete(pods() + "?gracePeriodSeconds=0");
  }
}
