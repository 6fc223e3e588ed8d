package dev.sluice.e2e;

import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.AppliedMigration;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;

/** A Deployment whose pods wait for their revision of the migration of the same name. */
final class GatedApplication {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String GOOD =
      """
      --changeset ann:users
      create table users (id int);
      """;
  private static final String BAD =
      """
      --changeset ann:oops
      create table users (id int);
      """;

  private final Site site;
  private final String name;
  private final Manifest migration;
  private final String options;

  /** {@code options} are more lines of the Deployment's spec, as YAML in one line. */
  GatedApplication(Site site, String name, String options) {
    this.site = site;
    this.name = name;
    this.options = options;
    this.migration = site.manifest(name, site.database());
    site.configMap(name + "-good", Changelog.sql(GOOD).files());
    site.configMap(name + "-bad", Changelog.sql(GOOD + BAD).files());
  }

  /** Wants this revision, and gets it. */
  GatedApplication migrated(String revision) {
    wants(migration.revision(revision), "good").awaitReady();
    return this;
  }

  /** Wants this revision, which fails. */
  GatedApplication broken(String revision) {
    wants(migration.revision(revision), "bad").awaitStalled();
    return this;
  }

  /** Wants this revision, but not yet. */
  GatedApplication suspended(String revision) {
    wants(migration.revision(revision).with("spec.suspend", true), "good").awaitReason("Suspended");
    return this;
  }

  private AppliedMigration wants(Manifest revision, String changelog) {
    return site.apply(revision.with("spec.changelog.configMap.name", name + "-" + changelog));
  }

  /** Rolls the Deployment out with so many replicas of this revision. */
  GatedApplication rollOut(int replicas, String revision) {
    var manifest =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          selector: {matchLabels: {app: %1$s}}
          %5$s
          template:
            metadata:
              labels: {app: %1$s, revision: "%3$s"}
              annotations: {sluice.dev/requires: %1$s@%3$s}
            spec:
              schedulingGates: [{name: sluice.dev/migration}]
              terminationGracePeriodSeconds: 1
              securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: app
                  image: %4$s
                  imagePullPolicy: IfNotPresent
                  command: [sleep, infinity]
                  resources: {requests: {cpu: 1m}}
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """
            .formatted(name, replicas, revision, site.imageWithoutRunner(), options);
    site.client()
        .resource(manifest)
        .inNamespace(site.namespace())
        .forceConflicts()
        .serverSideApply();
    return this;
  }

  Deployment deployment() {
    return site.application(name);
  }

  List<Pod> pods(String revision) {
    return site.client()
        .pods()
        .inNamespace(site.namespace())
        .withLabel("app", name)
        .withLabel("revision", revision)
        .list()
        .getItems();
  }

  List<Pod> running(String revision) {
    return pods(revision).stream().filter(GatedApplication::isRunning).toList();
  }

  List<Pod> gated(String revision) {
    return pods(revision).stream().filter(GatedApplication::isGated).toList();
  }

  GatedApplication awaitRunning(int count, String revision) {
    await(count + " run with revision " + revision)
        .atMost(PATIENCE)
        .until(() -> running(revision).size() == count);
    return this;
  }

  GatedApplication awaitGated(int count, String revision) {
    await(count + " wait for revision " + revision)
        .atMost(PATIENCE)
        .until(() -> gated(revision).size() == count);
    return this;
  }

  /** Waits for such an event on an object of this kind. */
  String awaitEvent(String kind, String reason) {
    return await(reason)
        .atMost(PATIENCE)
        .until(
            () ->
                site.client().v1().events().inNamespace(site.namespace()).list().getItems().stream()
                    .filter(e -> e.getInvolvedObject().getName().startsWith(name))
                    .filter(e -> kind.equals(e.getInvolvedObject().getKind()))
                    .filter(e -> reason.equals(e.getReason()))
                    .map(e -> e.getMessage())
                    .findFirst()
                    .orElse(""),
            message -> !message.isEmpty());
  }

  private static boolean isGated(Pod pod) {
    return !pod.isMarkedForDeletion()
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "SchedulingGated".equals(c.getReason()));
  }

  private static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase()) && !pod.isMarkedForDeletion();
  }
}
