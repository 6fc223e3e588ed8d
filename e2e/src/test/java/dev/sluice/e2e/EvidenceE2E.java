package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Kubernetes does to a run is named, and evidence that vanished is no failure. */
@ExtendWith(OnCluster.class)
final class EvidenceE2E {

  private static final String SLOW =
      """
      --changeset ann:quick
      create table quick (id int);
      --changeset ann:slow
      create table slow as select pg_sleep(20)::text as slept;
      """;

  private final Site site;

  EvidenceE2E(Site site) {
    this.site = site;
  }

  @Test
  void aJobThatSomebodyDeletedIsRunAgain() {
    var manifest = slow("jobless");
    var run = site.apply(manifest);
    await().atMost(Duration.ofMinutes(2)).until(() -> run.log().contains("[2/2]"));

    run.deleteJobs();

    var status = run.awaitReady();
    assertThat(status.history()).extracting(r -> r.outcome()).first().isEqualTo(Outcome.Succeeded);
    assertThat(status.history()).extracting(r -> r.outcome()).doesNotContain(Outcome.Failed);
    assertThat(status.attempt()).isZero();
  }

  @Test
  void aPodThatSomebodyDeletedIsRunAgain() {
    var run = site.apply(slow("podless"));
    await().atMost(Duration.ofMinutes(2)).until(() -> run.log().contains("[2/2]"));

    run.deletePods();

    assertThat(run.awaitReady().history())
        .extracting(r -> r.outcome())
        .startsWith(Outcome.Succeeded);
  }

  @Test
  void aPodThatNoNodeTakesIsUnschedulable() {
    var manifest = quick(site, "homeless");
    site.apply(manifest.with("spec.pod.nodeSelector", Map.of("disk", "none")))
        .awaitReason("Unschedulable");

    site.apply(manifest).awaitReady();
  }

  @Test
  void aContainerThatNeedsMoreMemoryThanItHasIsNamed() {
    var small =
        site.apply(
            quick(site, "small")
                .with("spec.run.attempts", 1)
                .with(
                    "spec.pod.resources",
                    Map.of(
                        "limits", Map.of("memory", "24Mi"), "requests", Map.of("memory", "24Mi"))));

    assertThat(small.awaitStalled().lastRun())
        .extracting(LastRun::failure)
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("OOMKilled");
          assertThat(failure.hint()).contains("resources.limits.memory");
        });
  }

  @Test
  void aPodThatUsesMoreDiskThanItMayIsEvicted() {
    var full =
        site.apply(
            slow("full")
                .with("spec.run.attempts", 1)
                .with(
                    "spec.pod.resources",
                    Map.of("limits", Map.of("memory", "512Mi", "ephemeral-storage", "1k"))));

    assertThat(full.awaitStalled().lastRun())
        .extracting(LastRun::failure)
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("Evicted");
          assertThat(failure.message()).contains("ephemeral");
        });
  }

  @Test
  void aQuotaOnPodsOrJobsIsNamedAndWaitedFor() {
    try (var other = site.another("narrow")) {
      quota(other, "pods");
      quota(other, "count/jobs.batch");
      var narrow = other.apply(quick(other, "narrow"));
      narrow.awaitReason("JobRejected");
      other.client().resourceQuotas().inNamespace(other.namespace()).withName("jobs").delete();
      narrow.awaitReason("PodRejected");
      other.client().resourceQuotas().inNamespace(other.namespace()).withName("pods").delete();
      assertThat(narrow.awaitReady().attempt()).isZero();
    }
  }

  private static void quota(Site site, String what) {
    site.client()
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(what.contains("jobs") ? "jobs" : "pods")
                .withNamespace(site.namespace())
                .endMetadata()
                .withNewSpec()
                .withHard(Map.of(what, new Quantity("0")))
                .endSpec()
                .build())
        .create();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            site.client().resourceQuotas().inNamespace(site.namespace()).list().getItems().stream()
                .allMatch(q -> q.getStatus() != null && !q.getStatus().getHard().isEmpty()));
  }

  private Manifest slow(String name) {
    return manifest(site, name, SLOW);
  }

  private static Manifest quick(Site site, String name) {
    return manifest(site, name, "--changeset ann:quick\ncreate table quick (id int);\n");
  }

  private static Manifest manifest(Site site, String name, String changesets) {
    site.configMap(name + "-changelog", Changelog.sql(changesets).files());
    return site.manifest(name, site.database())
        .with("spec.changelog.configMap.name", name + "-changelog");
  }
}
