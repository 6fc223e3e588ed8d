package dev.sluice.operator.job;

import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.ObservedRun.Progress;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.EndedByKubernetes;
import dev.sluice.operator.observation.RunEnd.Unseen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a Job and its pod back into a run. */
public final class RunReading {
  private RunReading() {}

  /**
   * Empty: it isn't a Job of ours.
   *
   * @param pods of the same migration
   * @param events of the Job or its pod, as far as they were looked at
   * @param proven this operator made it
   */
  public static Optional<ObservedRun> read(
      Job job, List<Pod> pods, List<Event> events, boolean proven) {
    var marks = RunLabels.of(job);
    var uid = marks.get(RunLabels.UID);
    if (uid == null) {
      return Optional.empty();
    }
    var finished = finished(job);
    return Optional.of(
        new ObservedRun(
            job.getMetadata().getName(),
            job.getMetadata().getUid(),
            uid,
            number(marks, RunLabels.RUN),
            number(marks, RunLabels.GENERATION),
            Math.toIntExact(Math.min(Integer.MAX_VALUE, number(marks, RunLabels.ATTEMPT))),
            new Input(
                marks.getOrDefault(RunLabels.REVISION, ""),
                marks.getOrDefault(RunLabels.TARGET, ""),
                marks.getOrDefault(RunLabels.KEY, ""),
                marks.get(RunLabels.PARAMETERS)),
            marks.get(RunLabels.RETRIED),
            marks.get(RunLabels.APPROVED),
            RunLabels.required(marks),
            Instant.parse(job.getMetadata().getCreationTimestamp()),
            !job.getMetadata().getOwnerReferences().isEmpty(),
            finished.isPresent(),
            job.getMetadata().getDeletionTimestamp() != null,
            proven,
            phase(job, finished.orElse(null), pods(job, pods), events)));
  }

  /** How a run ended whose pod is no more, as the pod was when it went. */
  public static RunEnd lastOf(Pod pod) {
    return PodReading.lastOf(pod);
  }

  /** Those that claim to be of that very Job; its controller makes one. */
  public static List<Pod> pods(Job job, List<Pod> pods) {
    return pods.stream()
        .filter(p -> job(p).filter(job.getMetadata().getUid()::equals).isPresent())
        .toList();
  }

  /** The uid of the Job that controls a pod. */
  public static Optional<String> job(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(o -> Boolean.TRUE.equals(o.getController()))
        .filter(o -> "Job".equals(o.getKind()) && o.getApiVersion().startsWith("batch/"))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  static long number(Job job) {
    return number(RunLabels.of(job), RunLabels.RUN);
  }

  static boolean isOver(Job job) {
    return finished(job).isPresent();
  }

  private static long number(Map<String, String> marks, String name) {
    var text = marks.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static Optional<JobCondition> finished(Job job) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> "True".equals(c.getStatus()))
            .filter(c -> "Complete".equals(c.getType()) || "Failed".equals(c.getType()))
            .findFirst();
  }

  /** Where several pods claim a Job, none of them is believed: the Job's own status decides. */
  private static Phase phase(
      Job job, @Nullable JobCondition finished, List<Pod> pods, List<Event> events) {
    if (pods.size() > 1) {
      return finished == null
          ? new Phase.Working(null, Progress.MIGRATING)
          : new Phase.Ended(claimedBySeveral(finished));
    }
    var seen = pods.isEmpty() ? null : PodReading.phase(pods.getFirst(), events);
    if (seen instanceof Phase.Ended || (finished == null && seen != null)) {
      return seen;
    }
    return finished == null
        ? new Phase.Waiting(ObstacleReading.ofJob(job, events).orElse(null))
        : new Phase.Ended(unseen(finished));
  }

  /** Which of them completed it nobody can say; that it failed is no success of any. */
  private static RunEnd claimedBySeveral(JobCondition finished) {
    return isComplete(finished) || isOverdue(finished)
        ? unseen(finished)
        : new EndedByKubernetes(
            EndCause.of(Reasons.RUN_FAILED),
            "its Job failed, and several pods claim to be the Job's, so no report is believed",
            time(finished));
  }

  /** How a Job ended whose pod wasn't seen to: without a report nothing is believed. */
  private static RunEnd unseen(JobCondition finished) {
    return isOverdue(finished)
        ? new EndedByKubernetes(
            EndCause.Known.DEADLINE_EXCEEDED, finished.getMessage(), time(finished))
        : new Unseen(time(finished));
  }

  private static boolean isComplete(JobCondition finished) {
    return "Complete".equals(finished.getType());
  }

  private static boolean isOverdue(JobCondition finished) {
    return "DeadlineExceeded".equals(finished.getReason());
  }

  private static @Nullable Instant time(JobCondition finished) {
    var time = finished.getLastTransitionTime();
    return time == null ? null : Instant.parse(time);
  }
}
