package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.job.RunJob;
import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;

/** Writes to Jobs. */
public final class JobWriter {
  private final KubernetesClient client;
  private final String runner;
  private final String installation;
  private final RunLookup look;

  /**
   * {@code runner} is the image for changelogs in a ConfigMap, {@code installation} the mark of
   * Jobs that are made here.
   */
  public JobWriter(KubernetesClient client, String runner, String installation) {
    this.client = client;
    this.runner = runner;
    this.installation = installation;
    this.look = new RunLookup(client);
  }

  /** Creates the run's Job, or finds that it was created before. */
  ActionResult start(
      DesiredMigration desired,
      DatabaseMigrationSpec spec,
      NextRun plan,
      Context<DatabaseMigration> context) {
    var job = RunLabels.signed(RunJob.draw(desired, spec, plan, runner), installation);
    try {
      remember(client.resource(job).create(), context);
      return new ActionResult.Started(job.getMetadata().getName());
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case 409 -> taken(desired, job);
        case 400, 403, 422 ->
            new ActionResult.Refused(
                new Obstacle(Obstacle.Kind.JOB_REJECTED, "the Job is refused: " + message(e)));
        default -> throw e;
      };
    }
  }

  private ActionResult taken(DesiredMigration desired, Job job) {
    var name = job.getMetadata().getName();
    var there = named(desired, name).get();
    if (there != null && desired.uid().equals(RunLabels.of(there).get(RunLabels.UID))) {
      return new ActionResult.Started(name);
    }
    return new ActionResult.Refused(
        new Obstacle(
            Obstacle.Kind.JOB_NAME_TAKEN,
            "there is a Job " + name + " that doesn't belong to this object: delete or rename it"));
  }

  /** The garbage collector takes it with the migration. */
  void own(DesiredMigration desired, ObservedRun run) {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion(HasMetadata.getApiVersion(DatabaseMigration.class))
            .withKind(HasMetadata.getKind(DatabaseMigration.class))
            .withName(desired.name())
            .withUid(run.uid())
            .withBlockOwnerDeletion(false)
            .build();
    var patch = Map.of("metadata", Map.of("ownerReferences", List.of(owner)));
    // by name alone, the client would read it first
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withNamespace(desired.namespace())
            .withName(run.job())
            .endMetadata()
            .build();
    ignoring404(() ->
        client
            .resource(job)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(patch)));
  }

  /** Whether it still is as far as it was seen, by the API server itself. */
  boolean isAs(DesiredMigration desired, ObservedRun run) {
    return look.run(desired.namespace(), run.job())
        .map(now -> now.phase().getClass().equals(run.phase().getClass()))
        .orElse(true);
  }

  /** A container that has started meanwhile is left alone. */
  void takeBack(DesiredMigration desired, ObservedRun run) {
    if (isAs(desired, run)) {
      end(desired, run);
    }
  }

  void delete(DesiredMigration desired, ObservedRun run) {
    delete(desired, run, DeletionPropagation.BACKGROUND);
  }

  /** The Job of a container that works stays until that has ended: till then it isn't over. */
  private void end(DesiredMigration desired, ObservedRun run) {
    delete(
        desired,
        run,
        run.phase() instanceof Phase.Working
            ? DeletionPropagation.FOREGROUND
            : DeletionPropagation.BACKGROUND);
  }

  private void delete(DesiredMigration desired, ObservedRun run, DeletionPropagation propagation) {
    ignoring404(() -> named(desired, run.job()).withPropagationPolicy(propagation).delete());
  }

  /** Nobody will own it: it goes by itself some time after it has ended. */
  void orphan(DesiredMigration desired, ObservedRun run) {
    var patch = Map.of("spec", Map.of("ttlSecondsAfterFinished", Timings.ORPHANED_JOB.toSeconds()));
    ignoring404(() ->
        named(desired, run.job())
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(patch)));
  }

  private ScalableResource<Job> named(DesiredMigration desired, String name) {
    return client.batch().v1().jobs().inNamespace(desired.namespace()).withName(name);
  }

  @SuppressWarnings("unchecked")
  private static void remember(Job job, Context<DatabaseMigration> context) {
    var cache =
        (RecentOperationCacheFiller<Job>)
            context.eventSourceRetriever().getEventSourceFor(Job.class);
    cache.handleRecentResourceCreate(ResourceID.fromResource(job), job);
  }

  private static String message(KubernetesClientException e) {
    var status = e.getStatus();
    return SafeText.clean(
        status == null || status.getMessage() == null ? "HTTP " + e.getCode() : status.getMessage(),
        800);
  }

  private static void ignoring404(Runnable call) {
    try {
      call.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }
}
