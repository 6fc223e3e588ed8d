package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Job of one run. It has no owner reference: with one, a foreground deletion of the migration
 * would delete the Job while it works.
 */
public final class RunJob {
  /** What the runner, which ends by itself at the deadline, is left before Kubernetes ends it. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private RunJob() {}

  /** {@code runner} is the image when the spec names none. */
  public static Job draw(
      DesiredMigration goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new JobBuilder()
        .withMetadata(metadata(goal, plan))
        .withSpec(spec(goal, spec, plan, runner))
        .build();
  }

  private static ObjectMeta metadata(DesiredMigration goal, Plan plan) {
    return new ObjectMetaBuilder()
        .withNamespace(goal.namespace())
        .withName(RunLabels.job(goal.name(), goal.uid(), plan.number()))
        .withLabels(labels(goal))
        .withAnnotations(annotations(goal, plan))
        .build();
  }

  static Map<String, String> labels(DesiredMigration goal) {
    return new TreeMap<>(
        Map.of(
            RunLabels.LABEL,
            RunLabels.label(goal.name()),
            "app.kubernetes.io/managed-by",
            "sluice"));
  }

  static Map<String, String> annotations(DesiredMigration goal, Plan plan) {
    var annotations = new TreeMap<String, String>();
    annotations.put(RunLabels.NAME, goal.name());
    annotations.put(RunLabels.UID, goal.uid());
    annotations.put(RunLabels.GENERATION, Long.toString(plan.generation()));
    annotations.put(RunLabels.REVISION, plan.input().revision());
    annotations.put(RunLabels.TARGET, plan.input().target());
    annotations.put(RunLabels.KEY, plan.input().key());
    annotations.put(RunLabels.RUN, Long.toString(plan.number()));
    annotations.put(RunLabels.ATTEMPT, Integer.toString(plan.attempt()));
    var retry = goal.retryMark();
    if (retry != null) {
      annotations.put(RunLabels.RETRIED, retry);
    }
    return annotations;
  }

  private static JobSpec spec(
      DesiredMigration goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new JobSpecBuilder()
        // the operator itself counts attempts and waits between them
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        // a backstop: the Job controller deletes the pod, and its log, with it
        .withActiveDeadlineSeconds(plan.left().plus(GRACE).toSeconds())
        .withTemplate(RunPod.draw(new RunOrder(goal, spec, plan, runner)))
        .build();
  }
}
