package dev.sluice.operator.controller;

import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.ObservedRun;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Asks the API server itself about a run, where a cache may lag. */
final class RunLookup {
  private final KubernetesClient client;

  RunLookup(KubernetesClient client) {
    this.client = client;
  }

  /** Empty: the Job is gone. */
  Optional<ObservedRun> run(String namespace, String job) {
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
        .withLabel(RunLabels.LABEL, job.getMetadata().getLabels().get(RunLabels.LABEL))
        .list()
        .getItems();
  }
}
