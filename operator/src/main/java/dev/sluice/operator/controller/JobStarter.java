package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.PodSettings;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.job.RunJob;
import dev.sluice.operator.job.RunLabels;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Obstacle;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.RecentOperationCacheFiller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Makes the Jobs of runs. */
public final class JobStarter {
  private static final String REFUSED = "the API server refuses the run's Job";

  private final KubernetesClient client;
  private final String runner;
  private final String installation;
  private final JobProofs proofs;

  /**
   * {@code runner} is the image for changelogs in a ConfigMap, {@code installation} the mark of
   * Jobs that are made here.
   */
  public JobStarter(KubernetesClient client, String runner, String installation, JobProofs proofs) {
    this.client = client;
    this.runner = runner;
    this.installation = installation;
    this.proofs = proofs;
  }

  /** Creates the run's Job, or finds that it was created before. */
  ActionResult start(
      DesiredMigration desired,
      DatabaseMigrationSpec spec,
      NextRun plan,
      Context<DatabaseMigration> context) {
    var job = RunLabels.signed(RunJob.draw(desired, spec, plan, runner), installation);
    try {
      var created = create(job, spec.pod());
      proofs.made(created);
      remember(created, context);
      return started(created);
    } catch (KubernetesClientException e) {
      return e.getCode() == 409 ? taken(desired, job, e) : refused(e);
    }
  }

  /**
   * What is sent as it was written may have misspelt fields, which are dropped unless asked for.
   */
  private Job create(Job job, PodSettings pod) {
    var asWritten = pod.affinity() != null || !pod.topologySpreadConstraints().isEmpty();
    return asWritten
        ? client.resource(job).fieldValidation(FieldValidateable.Validation.STRICT).create()
        : client.resource(job).create();
  }

  /** A quota that changes meanwhile is a conflict as well. */
  private ActionResult taken(
      DesiredMigration desired, Job job, KubernetesClientException conflict) {
    try {
      var there = client.resource(job).get();
      if (there == null) {
        return refused(conflict);
      }
      return proofs.isOurs(there, desired) ? started(there) : isForeign(there);
    } catch (KubernetesClientException e) {
      return refused(e);
    }
  }

  private static ActionResult refused(KubernetesClientException e) {
    return new ActionResult.Refused(ServerWords.jobObstacle(REFUSED, e));
  }

  private static ActionResult isForeign(Job job) {
    return new ActionResult.Refused(
        new Obstacle(
            Obstacle.Kind.JOB_NAME_TAKEN,
            "there is a Job %s that this operator didn't make for this object: delete or rename it"
                .formatted(job.getMetadata().getName())));
  }

  private static ActionResult started(Job job) {
    return new ActionResult.Started(job.getMetadata().getName(), job.getMetadata().getUid());
  }

  @SuppressWarnings("unchecked")
  private static void remember(Job job, Context<DatabaseMigration> context) {
    var cache =
        (RecentOperationCacheFiller<Job>)
            context.eventSourceRetriever().getEventSourceFor(Job.class);
    cache.handleRecentResourceCreate(ResourceID.fromResource(job), job);
  }
}
