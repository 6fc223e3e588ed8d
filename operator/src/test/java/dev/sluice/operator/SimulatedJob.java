package dev.sluice.operator;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/**
 * Plays the Job controller and the kubelet for one run: there are none beside a bare API server.
 */
public final class SimulatedJob {
  private static final String TIMES =
      "startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:12Z'";

  private final KubernetesClient client;
  private final Job job;

  public SimulatedJob(KubernetesClient client, Job job) {
    this.client = client;
    this.job = job;
  }

  public String name() {
    return job.getMetadata().getName();
  }

  public Job job() {
    return client.resource(job).get();
  }

  public SimulatedJob pending() {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName(name())
            .withUid(job.getMetadata().getUid())
            .withController(true)
            .build();
    var template = job.getSpec().getTemplate();
    var pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .editMetadata()
            .withName(name() + "-pod")
            .withNamespace(job.getMetadata().getNamespace())
            .withOwnerReferences(owner)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    client.resource(pod).create();
    return this;
  }

  public SimulatedJob works() {
    return pending().starts();
  }

  /** What the kubelet says of a pod that it can't start. */
  public SimulatedJob complains(String reason, String message) {
    var pod =
        client.pods().inNamespace(job.getMetadata().getNamespace()).withName(name() + "-pod").get();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withGenerateName("pod-")
                .withNamespace(pod.getMetadata().getNamespace())
                .endMetadata()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp("2026-01-01T00:00:00Z")
                .withNewInvolvedObject()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .build())
        .create();
    return this;
  }

  public SimulatedJob starts() {
    pod(
        "{phase: Running, containerStatuses: [{name: migrate, image: i, imageID:"
            + " 'docker.io/shop@sha256:abc', ready: true, restartCount: 0, state: {running:"
            + " {startedAt: '2026-01-01T00:00:00Z'}}}]}");
    return this;
  }

  /** The container's end, then the Job's. */
  public void ends(int exit, String report) {
    podEnds(exit, report);
    done(exit == 0);
  }

  public void ends(int exit) {
    ends(exit, "");
  }

  public void done(boolean complete) {
    var time = "lastTransitionTime: '2026-01-01T00:00:12Z', status: 'True', reason: x, message: x";
    job(
        "{startTime: '2026-01-01T00:00:00Z', conditions: [{type: %s, %s}]}"
            .formatted(complete ? "SuccessCriteriaMet" : "FailureTarget", time));
    job(
        complete
            ? "{startTime: '2026-01-01T00:00:00Z', completionTime: '2026-01-01T00:00:12Z', succeeded: 1, conditions: [{type: SuccessCriteriaMet, %s}, {type: Complete, %s}]}"
                .formatted(time, time)
            : "{startTime: '2026-01-01T00:00:00Z', failed: 1, conditions: [{type: FailureTarget, %s}, {type: Failed, %s}]}"
                .formatted(time, time));
  }

  /** By hand, with its pod. */
  public void vanishes() {
    client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name() + "-pod")
        .withGracePeriod(0)
        .delete();
    client.resource(job).delete();
  }

  /** Waits until it is taken back, and plays the garbage collector. */
  void isTakenBack() {
    TestNamespace.await().until(() -> gone() || job().getMetadata().getDeletionTimestamp() != null);
    if (!gone()) {
      isCollected();
    }
  }

  /** What the kubelet reports of a container that it never made, once its pod has to go. */
  SimulatedJob wasNeverMade() {
    TestNamespace.await().until(() -> job().getMetadata().getDeletionTimestamp() != null);
    pod(
        "{phase: Failed, conditions: [{type: PodScheduled, status: 'True'}], containerStatuses:"
            + " [{name: migrate, image: i, imageID: '', ready: false, restartCount: 0, state:"
            + " {terminated: {exitCode: 137, reason: ContainerStatusUnknown}}}]}");
    return this;
  }

  /** The kubelet can't pull the image, as far as it has reported. */
  SimulatedJob isNotPulled() {
    pod(
        "{phase: Pending, conditions: [{type: PodScheduled, status: 'True'}], containerStatuses:"
            + " [{name: migrate, image: i, imageID: '', ready: false, restartCount: 0, state:"
            + " {waiting: {reason: ErrImagePull, message: no such image}}}]}");
    return this;
  }

  /** Whatever its pod's status may be. */
  SimulatedJob shows(String status) {
    pod(status);
    return this;
  }

  Pod podNow() {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name() + "-pod")
        .get();
  }

  /** The container's end alone. */
  public void podEnds(int exit, String report) {
    pod(ended(client, exit, report));
  }

  /** The status of a pod whose container ended so. */
  static PodStatus ended(KubernetesClient client, int exit, String report) {
    var status =
        client
            .getKubernetesSerialization()
            .unmarshal(
                "---\n{phase: %s, containerStatuses: [{name: migrate, image: i, imageID: 'docker.io/shop@sha256:abc', ready: false, restartCount: 0, state: {terminated: {exitCode: %d, reason: x, %s}}}]}"
                    .formatted(exit == 0 ? "Succeeded" : "Failed", exit, TIMES),
                PodStatus.class);
    status.getContainerStatuses().getFirst().getState().getTerminated().setMessage(report);
    return status;
  }

  /** The same Job, to be made again. */
  Job copy() {
    var copy =
        new JobBuilder(job())
            .editMetadata()
            .withUid(null)
            .withResourceVersion(null)
            .withCreationTimestamp(null)
            .endMetadata()
            .withStatus(null)
            .editSpec()
            .withSelector(null)
            .endSpec()
            .build();
    copy.getSpec()
        .getTemplate()
        .getMetadata()
        .getLabels()
        .keySet()
        .removeIf(label -> label.contains("job-name") || label.contains("controller-uid"));
    return copy;
  }

  /** The scheduler's part: it has a node, and the kubelet says nothing yet. */
  public SimulatedJob bound() {
    pod("{phase: Pending, conditions: [{type: PodScheduled, status: 'True'}]}");
    return this;
  }

  /** Plays the garbage collector: the pod, then the Job that waited for it. */
  public void isCollected() {
    client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name() + "-pod")
        .withGracePeriod(0)
        .delete();
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name())
        .edit(j -> {
          j.getMetadata().setFinalizers(List.of());
          return j;
        });
  }

  public boolean gone() {
    return client.resource(job).get() == null;
  }

  public Map<String, String> marks() {
    return job.getMetadata().getAnnotations();
  }

  private void pod(String status) {
    pod(client.getKubernetesSerialization().unmarshal("---\n" + status, PodStatus.class));
  }

  private void pod(PodStatus status) {
    client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name() + "-pod")
        .editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  private void job(String status) {
    var wanted = client.getKubernetesSerialization().unmarshal("---\n" + status, JobStatus.class);
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(job.getMetadata().getNamespace())
        .withName(name())
        .editStatus(j -> {
          j.setStatus(wanted);
          return j;
        });
  }
}
