package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.e2e.delivery.Waiting;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Kubernetes does to a run is named, and evidence that vanished is no failure. */
@ExtendWith(OnCluster.class)
final class EvidenceE2E {
  private static final Duration FIRST_PROBE = Duration.ofSeconds(9);

  private static final String SLOW =
      """
      --changeset ann:quick
      create table quick (id int);
      --changeset ann:slow
      create table slow as select pg_sleep(20)::text as slept;
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: probe}
      spec:
        securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
        containers: [{name: c, image: c, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: probe}
      spec:
        template:
          spec: {restartPolicy: Never, containers: [{name: c, image: c}]}
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

  /** Its run is over when the migrations are, and its log stays. */
  @Test
  void aSidecarThatNeverEndsIsEndedWithItsPod() {
    var other = site.another("sidecar");
    var manifest = quick(other, "outlived");
    new InjectedSidecar(other, other.program(Waiting.class)).inject(POD);

    var run = other.apply(manifest.revision("1"));
    run.awaitReady();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> run.jobs().stream().allMatch(EvidenceE2E::isOver));
    assertThat(run.log()).contains("[1/1]");
    // on a busy machine it may last until it is asked whether it waits
    if (run.lasted().compareTo(FIRST_PROBE) < 0) {
      assertThat(unhealthy(other)).as("a good run").isEmpty();
    }

    other.apply(manifest.revision("2")).awaitReady();
    run.delete();
    run.awaitGone();
  }

  private static boolean isOver(Job job) {
    return job.getStatus().getConditions().stream()
        .anyMatch(c -> "Failed".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static List<String> unhealthy(Site site) {
    return site.client().v1().events().inNamespace(site.namespace()).list().getItems().stream()
        .filter(e -> "Unhealthy".equals(e.getReason()))
        .filter(e -> e.getInvolvedObject().getName().startsWith("outlived-"))
        .map(e -> e.getMessage())
        .toList();
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

  @Test
  void anAdmissionPolicyThatRefusesJobsOrPodsIsNamedAndWaitedFor() {
    try (var other = site.another("guarded")) {
      policy(other, "", "pods");
      policy(other, "batch", "jobs");
      var guarded = other.apply(quick(other, "guarded"));
      assertThat(guarded.awaitReason("JobRejected").conditions())
          .first()
          .extracting(c -> c.message())
          .asString()
          .contains("no jobs while the books are closed");
      lift(other, "jobs");
      assertThat(guarded.awaitReason("PodRejected").conditions())
          .first()
          .extracting(c -> c.message())
          .asString()
          .contains("no pods while the books are closed");
      lift(other, "pods");
      assertThat(guarded.awaitReady().attempt()).isZero();
    }
  }

  private static void policy(Site site, String group, String resource) {
    var name = site.namespace() + "-" + resource;
    var manifest =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          matchConstraints:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
            resourceRules: [{apiGroups: ["%3$s"], apiVersions: [v1], operations: [CREATE], resources: [%4$s]}]
          validations: [{expression: "false", message: no %4$s while the books are closed}]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec: {policyName: %1$s, validationActions: [Deny]}
        """
            .formatted(name, site.namespace(), group, resource);
    site.client().load(new ByteArrayInputStream(manifest.getBytes(UTF_8))).serverSideApply();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> refuses(site, resource.equals("jobs") ? JOB : POD));
  }

  private static boolean refuses(Site site, String manifest) {
    try {
      site.client().resource(manifest).inNamespace(site.namespace()).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage()).contains("the books are closed");
    }
  }

  private static void lift(Site site, String resource) {
    var name = site.namespace() + "-" + resource;
    var admission = site.client().admissionRegistration().v1();
    admission.validatingAdmissionPolicyBindings().withName(name).delete();
    admission.validatingAdmissionPolicies().withName(name).delete();
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
    return manifest(site, name, SLOW).unrehearsed();
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
