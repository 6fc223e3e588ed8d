package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Goal;
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
public final class JobDrawing {
  /** What the runner, which ends by itself at the deadline, is left before Kubernetes ends it. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private JobDrawing() {}

  /** {@code runner} is the image when the spec names none. */
  public static Job draw(Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new JobBuilder()
        .withMetadata(metadata(goal, plan))
        .withSpec(spec(goal, spec, plan, runner))
        .build();
  }

  private static ObjectMeta metadata(Goal goal, Plan plan) {
    return new ObjectMetaBuilder()
        .withNamespace(goal.namespace())
        .withName(Marks.job(goal.name(), goal.uid(), plan.number()))
        .withLabels(labels(goal))
        .withAnnotations(annotations(goal, plan))
        .build();
  }

  static Map<String, String> labels(Goal goal) {
    return new TreeMap<>(
        Map.of(Marks.LABEL, Marks.label(goal.name()), "app.kubernetes.io/managed-by", "sluice"));
  }

  static Map<String, String> annotations(Goal goal, Plan plan) {
    var annotations = new TreeMap<String, String>();
    annotations.put(Marks.NAME, goal.name());
    annotations.put(Marks.UID, goal.uid());
    annotations.put(Marks.GENERATION, Long.toString(plan.generation()));
    annotations.put(Marks.REVISION, plan.input().revision());
    annotations.put(Marks.TARGET, plan.input().target());
    annotations.put(Marks.KEY, plan.input().key());
    annotations.put(Marks.RUN, Long.toString(plan.number()));
    annotations.put(Marks.ATTEMPT, Integer.toString(plan.attempt()));
    var retry = goal.retryMark();
    if (retry != null) {
      annotations.put(Marks.RETRIED, retry);
    }
    return annotations;
  }

  private static JobSpec spec(Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new JobSpecBuilder()
        // the operator itself counts attempts and waits between them
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        // a backstop: the Job controller deletes the pod, and its log, with it
        .withActiveDeadlineSeconds(plan.left().plus(GRACE).toSeconds())
        .withTemplate(PodDrawing.draw(new Errand(goal, spec, plan, runner)))
        .build();
  }
}
