package dev.sluice.operator.controller;

import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks the API server itself about a run, where a cache may lag. */
public final class RunLookup {
  private final KubernetesClient client;
  private final WarningEvents events;
  private final InstantSource clock;

  public RunLookup(KubernetesClient client, WarningEvents events, InstantSource clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A run as the API server has it.
   *
   * @param hasPod whether a pod claims its Job
   */
  record Live(ObservedRun run, boolean hasPod) {}

  /** Empty: that Job is gone. */
  Optional<Live> live(String namespace, ObservedRun seen) {
    return job(namespace, seen.job())
        .filter(job -> seen.jobUid().equals(job.getMetadata().getUid()))
        .flatMap(job -> live(job, pods(job)));
  }

  private Optional<Live> live(Job job, List<Pod> pods) {
    var claimants = RunReading.pods(job, pods);
    var run = RunReading.read(job, pods, List.of(), true);
    var silent =
        run.filter(r -> r.phase() instanceof Phase.Bound(var before) && before == null).isPresent();
    List<Event> about =
        silent ? events.about(claimants.getFirst(), clock.instant()) : List.<Event>of();
    return RunReading.read(job, pods, about, true).map(r -> new Live(r, !claimants.isEmpty()));
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
