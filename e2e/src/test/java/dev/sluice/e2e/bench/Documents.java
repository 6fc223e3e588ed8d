package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What users, Job controller and kubelet would write, of the size that theirs have. */
final class Documents {
  private static final String SPEC =
      """
      {"image": "registry.example.com/team/shop-migrations:1.42.0",
       "changelog": {"path": "changelog/root.yaml"},
       "database": {"host": "shop.cluster-abc.eu-west-1.rds.amazonaws.com", "name": "shop",
         "credentials": {"awsSecretsManager": {"secretId":
           "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-migrator"}},
         "session": {"role": "shop_owner", "searchPath": "shop"}},
       "run": {"deadline": "30m", "attempts": 5},
       "pod": {"serviceAccountName": "shop-migrator",
         "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}}}}\
      """;

  private static final String REPORT =
      """
      {\\"applied\\":5,\\"appliedChangeSets\\":[\\"changelog/0001-customers.sql::1::shop\\",\\"changelog/0002-orders.yaml::2::shop\\",\\"changelog/0003-customer-totals.sql::3::shop\\",\\"changelog/0004-seed.sql::4::shop\\",\\"changelog/0005-customer-tier.sql::5::shop\\"],\\"total\\":42,\\"pending\\":0,\\"skipped\\":0,\\"revisions\\":[\\"1.42.0\\"]}\
      """;

  private static final String CONTAINER =
      """
      "containerStatuses": [{"name": "migrate", "containerID":
          "containerd://4f1d3c6b8f0c5a9e7d2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d",
        "image": "registry.example.com/team/shop-migrations:1.42.0",
        "imageID": "registry.example.com/team/shop-migrations@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "lastState": {}, "ready": %s, "started": %s, "restartCount": 0, "state": %s,
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
        "allocatedResources": {"cpu": "100m", "memory": "128Mi"},
        "user": {"linux": {"uid": 65532, "gid": 65532, "supplementalGroups": [65532]}},
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}]\
      """;

  private static final String POD =
      """
      {"status": {"phase": "%s", "hostIP": "10.0.12.34", "hostIPs": [{"ip": "10.0.12.34"}],
        "podIP": "10.1.2.3", "podIPs": [{"ip": "10.1.2.3"}], "qosClass": "Burstable",
        "conditions": [%s], %s}}\
      """;

  private Documents() {}

  static ObjectNode migration(String name) {
    var migration = (ObjectNode) Api.read("{\"apiVersion\": \"sluice.dev/v1alpha1\"}");
    migration.put("kind", "DatabaseMigration");
    var metadata = migration.putObject("metadata").put("name", name);
    migration.set("spec", Api.read(SPEC));
    // as kubectl apply leaves it
    metadata
        .putObject("annotations")
        .put("argocd.argoproj.io/sync-wave", "-1")
        .put("kubectl.kubernetes.io/last-applied-configuration", migration.toString());
    return migration;
  }

  static ObjectNode pod(JsonNode job) {
    var template = job.path("spec").path("template").deepCopy();
    var pod = (ObjectNode) template;
    pod.put("apiVersion", "v1").put("kind", "Pod");
    var name = job.path("metadata").path("name").asText();
    var metadata = (ObjectNode) pod.path("metadata");
    metadata.put("name", name + "-x7k2p");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "batch/v1")
        .put("kind", "Job")
        .put("name", name)
        .put("uid", job.path("metadata").path("uid").asText())
        .put("controller", true);
    // as the scheduler would: without a node, it would be a pod that may wait at the gate
    ((ObjectNode) pod.path("spec")).put("nodeName", "node-1");
    return pod;
  }

  static String running() {
    var state = "{\"running\": {\"startedAt\": \"%s\"}}".formatted(now());
    return POD.formatted("Running", conditions("True"), CONTAINER.formatted(true, true, state));
  }

  static String succeeded() {
    var state =
        """
        {"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": "%s",
          "finishedAt": "%s", "message": "%s"}}\
        """
            .formatted(now(), now(), REPORT);
    return POD.formatted(
        "Succeeded", conditions("False"), CONTAINER.formatted(false, false, state));
  }

  private static String conditions(String ready) {
    var each =
        "{\"type\": \"%s\", \"status\": \"%s\", \"lastProbeTime\": null, \"lastTransitionTime\": \""
            + now()
            + "\"}";
    return String.join(
        ", ",
        each.formatted("PodReadyToStartContainers", ready),
        each.formatted("Initialized", "True"),
        each.formatted("Ready", ready),
        each.formatted("ContainersReady", ready),
        each.formatted("PodScheduled", "True"));
  }

  /** The Job controller writes twice. */
  static String uncounted() {
    return job(condition("SuccessCriteriaMet"), "\"startTime\": \"%s\", ".formatted(now()));
  }

  static String complete() {
    return job(
        condition("SuccessCriteriaMet") + ", " + condition("Complete"),
        "\"completionTime\": \"%s\", \"succeeded\": 1, ".formatted(now()));
  }

  private static String job(String conditions, String more) {
    return "{\"status\": {\"ready\": 0, %s\"conditions\": [%s]}}".formatted(more, conditions);
  }

  private static String condition(String type) {
    return """
    {"type": "%s", "status": "True", "reason": "CompletionsReached", "lastProbeTime": "%s",
     "lastTransitionTime": "%s", "message": "Reached expected number of succeeded pods"}\
    """
        .formatted(type, now(), now());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
