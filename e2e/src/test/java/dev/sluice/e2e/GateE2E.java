package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application whose pods wait for the revision that they need. */
@ExtendWith(OnCluster.class)
final class GateE2E {

  private static final Changelog ONE =
      Changelog.sql("--changeset ann:users\ncreate table users (id int);\n");
  private static final Changelog BROKEN =
      Changelog.sql(
          """
          --changeset ann:users
          create table users (id int);
          --changeset ann:oops
          create table users (id int);
          """);

  private final Site site;

  GateE2E(Site site) {
    this.site = site;
  }

  @Test
  void aRolloutWaitsForItsRevisionAndAFailureLeavesTheOldPodsAlone() {
    var manifest = site.manifest("gated", site.database());
    rollOut("1");
    await().atMost(Duration.ofMinutes(1)).until(() -> hears("MigrationMissing"));
    assertThat(pods("1")).allMatch(GateE2E::isGated);

    site.apply(of(manifest, ONE, "1")).awaitReady();
    awaitRunning("1");

    var next = site.apply(of(manifest, BROKEN, "2"));
    rollOut("2");
    next.awaitStalled();
    await().atMost(Duration.ofMinutes(1)).until(() -> hears("MigrationStalled"));
    assertThat(pods("2")).isNotEmpty().allMatch(GateE2E::isGated);
    var old = pods("1").getFirst();
    assertThat(isRunning(old)).isTrue();

    // as a drained node does
    site.client().resource(old).delete();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            pods("1").stream()
                .anyMatch(p ->
                    !p.getMetadata().getUid().equals(old.getMetadata().getUid()) && isRunning(p)));

    site.apply(of(manifest, ONE, "1")).awaitReady();
    rollOut("1");
    await().atMost(Duration.ofMinutes(2)).until(() -> pods("2").isEmpty());
    awaitRunning("1");
  }

  private Manifest of(Manifest manifest, Changelog changelog, String revision) {
    return manifest.image(site.image(changelog)).revision(revision);
  }

  private void rollOut(String revision) {
    var manifest =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: gated}
        spec:
          replicas: 1
          selector: {matchLabels: {app: gated}}
          strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
          template:
            metadata:
              labels: {app: gated, revision: "%1$s"}
              annotations: {sluice.dev/requires: gated@%1$s}
            spec:
              schedulingGates: [{name: sluice.dev/migration}]
              terminationGracePeriodSeconds: 1
              securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: app
                  image: %2$s
                  imagePullPolicy: IfNotPresent
                  command: [sleep, infinity]
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """
            .formatted(revision, site.imageWithoutRunner());
    site.client()
        .resource(manifest)
        .inNamespace(site.namespace())
        .forceConflicts()
        .serverSideApply();
  }

  private List<Pod> pods(String revision) {
    return site.client()
        .pods()
        .inNamespace(site.namespace())
        .withLabel("app", "gated")
        .withLabel("revision", revision)
        .list()
        .getItems();
  }

  private void awaitRunning(String revision) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> pods(revision).stream().anyMatch(GateE2E::isRunning));
  }

  private boolean hears(String reason) {
    return site.client().v1().events().inNamespace(site.namespace()).list().getItems().stream()
        .anyMatch(
            e -> reason.equals(e.getReason()) && "Pod".equals(e.getInvolvedObject().getKind()));
  }

  private static boolean isGated(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> "SchedulingGated".equals(c.getReason()));
  }

  private static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase()) && !pod.isMarkedForDeletion();
  }
}
