package dev.sluice.operator.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.operator.job.RunProof;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * Whether this operator made a Job whose uid the status doesn't have: it remembers those that it
 * made, and compares others, whose creation was never answered, with what it would make.
 */
public final class JobProofs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String runner;
  private final Map<String, Boolean> made = new BoundedMap<>();

  /** {@code runner} is the image for changelogs in a ConfigMap. */
  public JobProofs(KubernetesClient client, String runner) {
    this.client = client;
    this.runner = runner;
  }

  synchronized void made(Job job) {
    made.put(job.getMetadata().getUid(), true);
  }

  private synchronized boolean isMadeHere(Job job) {
    return made.containsKey(job.getMetadata().getUid());
  }

  boolean isOurs(Job job, DesiredMigration desired) {
    if (isMadeHere(job)) {
      return true;
    }
    var ours = RunProof.isAsMade(job, pod(job), desired, runner);
    if (ours) {
      made(job);
    }
    return ours;
  }

  /** Whole, other than the caches have it; missing: that very Job is gone. */
  private JsonNode pod(Job job) {
    var meta = job.getMetadata();
    var whole =
        client
            .genericKubernetesResources("batch/v1", "Job")
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .get();
    return whole == null || !whole.getMetadata().getUid().equals(meta.getUid())
        ? JSON.missingNode()
        : JSON.valueToTree(whole.get("spec", "template", "spec"));
  }
}
