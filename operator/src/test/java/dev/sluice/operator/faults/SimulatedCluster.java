package dev.sluice.operator.faults;

import dev.sluice.operator.SimulatedJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Plays the Job controller, the kubelet and the runner for every Job of a namespace. */
final class SimulatedCluster {
  private final KubernetesClient client;
  private final SimulatedDatabase ledger;
  private final Function<SimulatedRun, RunScript> parts;
  private final Consumer<String> trouble;
  private final Set<String> playing = ConcurrentHashMap.newKeySet();
  private final Set<String> collecting = ConcurrentHashMap.newKeySet();

  /** {@code trouble} is told what no Job's absence explains. */
  SimulatedCluster(
      KubernetesClient client,
      SimulatedDatabase ledger,
      Function<SimulatedRun, RunScript> parts,
      Consumer<String> trouble) {
    this.client = client;
    this.ledger = ledger;
    this.parts = parts;
    this.trouble = trouble;
  }

  void look(Action action, Job job) {
    if (action == Action.ADDED && playing.add(job.getMetadata().getUid())) {
      Thread.ofVirtual().start(() -> play(job));
    } else if (action == Action.DELETED) {
      Thread.ofVirtual().start(() -> collect(job));
    } else if (job.getMetadata().getFinalizers().contains("foregroundDeletion")
        && collecting.add(job.getMetadata().getUid())) {
      Thread.ofVirtual().start(() -> collectFirst(job));
    }
  }

  private void play(Job job) {
    var scene = new SimulatedRun(client, ledger, job);
    try {
      parts.apply(scene).play(scene);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!(e instanceof SimulatedRun.Gone) && scene.there()) {
        trouble.accept("the player failed: " + e);
      }
    }
    if (!scene.there()) {
      collect(job);
    }
  }

  /** Pods go before the Job that is deleted so. */
  private void collectFirst(Job job) {
    try {
      new SimulatedJob(client, job).isCollected();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        trouble.accept("a Job was not collected: " + e);
      }
    }
  }

  /** As the garbage collector does. */
  private void collect(Job job) {
    try {
      client
          .pods()
          .inNamespace(job.getMetadata().getNamespace())
          .withName(Objects.requireNonNull(job.getMetadata().getName()) + "-pod")
          .withGracePeriod(0)
          .delete();
    } catch (KubernetesClientException e) {
      trouble.accept("a pod was not collected: " + e);
    }
  }
}
