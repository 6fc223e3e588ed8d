package dev.sluice.operator.controller;

import dev.sluice.operator.decision.Run;
import dev.sluice.operator.job.Marks;
import dev.sluice.operator.job.RunReading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Asks the API server itself about a run, where a cache may lag. */
final class RunLook {
  private final KubernetesClient client;

  RunLook(KubernetesClient client) {
    this.client = client;
  }

  /** Empty: the Job is gone. */
  Optional<Run> run(String namespace, String job) {
    return job(namespace, job).flatMap(j -> RunReading.read(j, pods(j), List.of()));
  }

  Optional<Job> job(String namespace, String name) {
    return Optional.ofNullable(
        client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
  }

  /** Of the Job's migration. */
  List<Pod> pods(Job job) {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel(Marks.LABEL, job.getMetadata().getLabels().get(Marks.LABEL))
        .list()
        .getItems();
  }
}
