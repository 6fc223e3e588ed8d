package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;

/**
 * The Job of one run. It has no owner reference: with one, a foreground deletion of the migration
 * would delete the Job while it works.
 */
public final class RunJob {
  private RunJob() {}

  /** {@code runner} is the image when the spec names none. */
  public static Job draw(
      DesiredMigration desired, DatabaseMigrationSpec spec, NextRun plan, String runner) {
    return new JobBuilder()
        .withMetadata(metadata(desired, plan))
        .withSpec(spec(desired, spec, plan, runner))
        .build();
  }

  private static ObjectMeta metadata(DesiredMigration desired, NextRun plan) {
    return new ObjectMetaBuilder()
        .withNamespace(desired.namespace())
        .withName(RunLabels.job(desired.name(), desired.uid(), plan.number()))
        .withLabels(RunLabels.labels(desired))
        .withAnnotations(RunLabels.annotations(desired, plan))
        .build();
  }

  private static JobSpec spec(
      DesiredMigration desired, DatabaseMigrationSpec spec, NextRun plan, String runner) {
    return new JobSpecBuilder()
        // the operator itself counts attempts and waits between them
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        // a backstop: the Job controller deletes the pod, and its log, with it
        .withActiveDeadlineSeconds(plan.left().plus(Timings.JOB_GRACE).toSeconds())
        .withTemplate(RunPod.draw(new RunOrder(desired, spec, plan, runner)))
        .build();
  }
}
