package dev.sluice.e2e.argocd;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import dev.sluice.e2e.harness.Terminal;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Delivers a migration and the application that needs it, each a file of a Git repository. */
final class GitDelivery implements AutoCloseable {

  static final String MIGRATION = "deploy/migration.yaml";
  static final String APPLICATION = "deploy/application.yaml";

  private static final String COMMIT =
      "git add --all && git -c user.name=ann -c user.email=ann@example.com"
          + " commit --quiet --message=next";

  private final Site site;
  private final String name;
  private final SiteDatabase database;
  private final Terminal terminal;
  private final ArgoApplication application;

  GitDelivery(Site site, ArgoCd argo, String name) {
    this.site = site;
    this.name = name;
    this.database = site.database();
    this.terminal = site.terminal(Map.of());
    this.application = new ArgoApplication(site.client(), argo.namespace(), site.namespace(), name);
    terminal.run("git init --quiet --initial-branch=main git").succeeded();
  }

  SiteDatabase database() {
    return database;
  }

  ArgoApplication application() {
    return application;
  }

  /** Wave -1, of a changelog that comes with it. */
  Manifest migration(String revision, String changesets) {
    var changelog = "%s-changelog-%s".formatted(name, revision);
    site.configMap(changelog, Changelog.sql(changesets).files());
    return site.manifest(name, database)
        .with("metadata.annotations", Map.of("argocd.argoproj.io/sync-wave", "-1"))
        .with("spec.changelog.configMap.name", changelog)
        .revision(revision);
  }

  /** Wave 0: one pod, which waits at the gate for its revision. */
  String gated(String revision) {
    return deployment(
        revision,
        "annotations: {sluice.dev/requires: %s@%s}".formatted(name, revision),
        "schedulingGates: [{name: sluice.dev/migration}]");
  }

  /** Wave 0: one pod. */
  String plain(String revision) {
    return deployment(revision, "", "");
  }

  private String deployment(String revision, String annotations, String gates) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: %1$s
    spec:
      replicas: 1
      selector: {matchLabels: {app: %1$s}}
      strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
      template:
        metadata:
          labels: {app: %1$s, revision: "%2$s"}
          %3$s
        spec:
          %4$s
          terminationGracePeriodSeconds: 1
          securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: app
              image: %5$s
              imagePullPolicy: IfNotPresent
              command: [sleep, infinity]
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
    """
        .formatted(name, revision, annotations, gates, site.imageWithoutRunner());
  }

  /** Commits both; returns the commit. */
  String push(Manifest migration, String application) {
    return push(Map.of(MIGRATION, migration.yaml(), APPLICATION, application));
  }

  /** Commits files; an empty one is removed. */
  String push(Map<String, String> files) {
    files.forEach((file, content) -> terminal.write("git/" + file, content));
    terminal.run("cd git && find deploy -empty -delete && " + COMMIT).succeeded();
    application.refresh();
    return terminal.run("git -C git rev-parse HEAD").succeeded().strip();
  }

  /** Hands the repository to Argo CD, by the Application of the page. */
  void deliver(Map<String, Object> syncPolicy) {
    application.create("file://" + terminal.folder().resolve("git"), syncPolicy);
  }

  /** That the Deployment's pods are of; empty while there is none. */
  Optional<String> deployed() {
    return Optional.ofNullable(
            site.client().apps().deployments().inNamespace(site.namespace()).withName(name).get())
        .map(d -> d.getSpec().getTemplate().getMetadata().getLabels().get("revision"));
  }

  /** Whether a pod of that revision runs. */
  boolean serves(String revision) {
    return pods(revision).anyMatch(p -> "Running".equals(p.getStatus().getPhase()));
  }

  /** Whether a pod of that revision waits at the gate. */
  boolean waitsAtTheGate(String revision) {
    return pods(revision)
        .flatMap(p -> p.getStatus().getConditions().stream())
        .anyMatch(c -> "SchedulingGated".equals(c.getReason()));
  }

  private Stream<Pod> pods(String revision) {
    return site
        .client()
        .pods()
        .inNamespace(site.namespace())
        .withLabel("app", name)
        .withLabel("revision", revision)
        .list()
        .getItems()
        .stream();
  }

  @Override
  public void close() {
    application.delete();
    terminal.close();
  }
}
