package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes to Jobs that there are; what the API server refuses is handed back. */
public final class JobWriter {
  private final KubernetesClient client;
  private final RunLookup look;
  private final VanishedRuns vanished;

  public JobWriter(KubernetesClient client, RunLookup look, VanishedRuns vanished) {
    this.client = client;
    this.look = look;
    this.vanished = vanished;
  }

  /** The garbage collector takes it with the migration. */
  Optional<Obstacle> own(DesiredMigration desired, ObservedRun run) {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion(HasMetadata.getApiVersion(DatabaseMigration.class))
            .withKind(HasMetadata.getKind(DatabaseMigration.class))
            .withName(desired.name())
            .withUid(run.uid())
            .withBlockOwnerDeletion(false)
            .build();
    var patch = Map.of("metadata", Map.of("ownerReferences", List.of(owner)));
    return refusal(
        "the API server refuses an owner reference of Job " + run.job(),
        () -> patch(desired, run, patch));
  }

  /** Whether it still is as far as it was seen, by the API server itself. */
  boolean isAs(DesiredMigration desired, ObservedRun run) {
    return look.live(desired.namespace(), run).map(live -> isAs(live.run(), run)).orElse(true);
  }

  private static boolean isAs(ObservedRun live, ObservedRun seen) {
    return switch (seen.phase()) {
      case Phase.Waiting _ -> live.phase() instanceof Phase.Waiting;
      case Phase.Bound(var before) when before != null ->
          live.phase() instanceof Phase.Waiting
              || (live.phase() instanceof Phase.Bound(var now) && now != null);
      case Phase.Bound _, Phase.Working _, Phase.Ended _ -> !(live.phase() instanceof Phase.Ended);
    };
  }

  /**
   * Deletes its Job, which stays until its pod has ended; a container that may have started
   * meanwhile is left alone.
   */
  Optional<Obstacle> takeBack(DesiredMigration desired, ObservedRun run) {
    var live = look.live(desired.namespace(), run).filter(now -> isAs(now.run(), run));
    if (live.isEmpty()) {
      return Optional.empty();
    }
    var refused = delete(desired, run, DeletionPropagation.FOREGROUND);
    if (refused.isEmpty() && !live.get().hasPod()) {
      vanished.deletedWithoutPod(run);
    }
    return refused;
  }

  Optional<Obstacle> delete(DesiredMigration desired, ObservedRun run) {
    return delete(desired, run, DeletionPropagation.BACKGROUND);
  }

  private Optional<Obstacle> delete(
      DesiredMigration desired, ObservedRun run, DeletionPropagation propagation) {
    return refusal(
        "the API server refuses to delete Job " + run.job(),
        () -> client.resource(named(desired, run)).withPropagationPolicy(propagation).delete());
  }

  /** Nobody will own it: it goes by itself some time after it has ended. */
  Optional<Obstacle> orphan(DesiredMigration desired, ObservedRun run) {
    var patch = Map.of("spec", Map.of("ttlSecondsAfterFinished", Timings.ORPHANED_JOB.toSeconds()));
    return refusal(
        "the API server refuses a change of Job " + run.job(), () -> patch(desired, run, patch));
  }

  private void patch(DesiredMigration desired, ObservedRun run, Map<String, ?> patch) {
    client
        .resource(named(desired, run))
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            client.getKubernetesSerialization().asJson(patch));
  }

  /** A patch by name: given the object, the client would read it first. */
  private static Job named(DesiredMigration desired, ObservedRun run) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(desired.namespace())
        .withName(run.job())
        .endMetadata()
        .build();
  }

  /** Empty: it is done, or the Job is gone. */
  private static Optional<Obstacle> refusal(String what, Runnable write) {
    try {
      write.run();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == 404 ? Optional.empty() : Optional.of(ServerWords.obstacle(what, e));
    }
  }
}
