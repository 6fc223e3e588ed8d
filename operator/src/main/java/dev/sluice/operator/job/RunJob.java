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
import java.util.Map;
import java.util.TreeMap;

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
        .withLabels(labels(desired))
        .withAnnotations(annotations(desired, plan))
        .build();
  }

  static Map<String, String> labels(DesiredMigration desired) {
    return new TreeMap<>(
        Map.of(
            RunLabels.LABEL,
            RunLabels.label(desired.name()),
            "app.kubernetes.io/managed-by",
            "sluice"));
  }

  static Map<String, String> annotations(DesiredMigration desired, NextRun plan) {
    var annotations = new TreeMap<String, String>();
    annotations.put(RunLabels.NAME, desired.name());
    annotations.put(RunLabels.UID, desired.uid());
    annotations.put(RunLabels.GENERATION, Long.toString(plan.generation()));
    annotations.put(RunLabels.REVISION, plan.input().revision());
    annotations.put(RunLabels.TARGET, plan.input().target());
    annotations.put(RunLabels.KEY, plan.input().key());
    annotations.put(RunLabels.RUN, Long.toString(plan.number()));
    annotations.put(RunLabels.ATTEMPT, Integer.toString(plan.attempt()));
    var retry = desired.retryMark();
    if (retry != null) {
      annotations.put(RunLabels.RETRIED, retry);
    }
    return annotations;
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
