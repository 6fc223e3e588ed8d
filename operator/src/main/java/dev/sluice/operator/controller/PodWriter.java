package dev.sluice.operator.controller;

import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.Obstacle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.Set;

/**
 * Ends pods that outlive their run. A deadline that is over is the one way to do so that leaves the
 * pod with its logs: the kubelet stops its containers, and the Job is over.
 */
public final class PodWriter {
  private static final String OVERDUE = "{\"spec\":{\"activeDeadlineSeconds\":1}}";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;
  private final RunLookup look;

  public PodWriter(KubernetesClient client, RunLookup look) {
    this.client = client;
    this.look = look;
  }

  /** Empty: it is told to end, or is gone. */
  Optional<Obstacle> end(DesiredMigration desired, ObservedRun run) {
    try {
      look
          .job(desired.namespace(), run.job())
          .filter(job -> job.getMetadata().getUid().equals(run.jobUid()))
          .stream()
          .flatMap(job -> RunReading.pods(job, look.pods(job)).stream())
          .filter(pod -> pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase()))
          .forEach(this::end);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == 404
          ? Optional.empty()
          : Optional.of(
              ServerWords.obstacle("the API server refuses to end the pod of Job " + run.job(), e));
    }
  }

  private void end(Pod pod) {
    // by name alone, the client would read it first
    var named =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .build();
    client.resource(named).patch(PatchContext.of(PatchType.JSON_MERGE), OVERDUE);
  }
}
