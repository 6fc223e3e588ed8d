package dev.sluice.operator.job;

import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.EndCause.Known;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.EndedByKubernetes;
import dev.sluice.operator.observation.RunEnd.Exited;
import dev.sluice.operator.observation.RunEnd.Unseen;
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Comparator;
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
   */
  public static Optional<ObservedRun> read(Job job, List<Pod> pods, List<Event> events) {
    var marks = RunLabels.of(job);
    var uid = marks.get(RunLabels.UID);
    if (uid == null) {
      return Optional.empty();
    }
    var finished = finished(job);
    var pod = pod(job, pods);
    return Optional.of(
        new ObservedRun(
            job.getMetadata().getName(),
            uid,
            number(marks, RunLabels.RUN),
            number(marks, RunLabels.GENERATION),
            Math.toIntExact(Math.min(Integer.MAX_VALUE, number(marks, RunLabels.ATTEMPT))),
            new Input(
                marks.getOrDefault(RunLabels.REVISION, ""),
                marks.getOrDefault(RunLabels.TARGET, ""),
                marks.getOrDefault(RunLabels.KEY, "")),
            marks.get(RunLabels.RETRIED),
            Instant.parse(job.getMetadata().getCreationTimestamp()),
            !job.getMetadata().getOwnerReferences().isEmpty(),
            finished.isPresent(),
            job.getMetadata().getDeletionTimestamp() != null,
            phase(finished.orElse(null), pod.orElse(null), events)));
  }

  /** The newest pod of that very Job. */
  public static Optional<Pod> pod(Job job, List<Pod> pods) {
    return pods.stream()
        .filter(p ->
            p.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> o.getUid().equals(job.getMetadata().getUid())))
        .max(Comparator.comparing(p -> p.getMetadata().getCreationTimestamp()));
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

  private static Phase phase(
      @Nullable JobCondition finished, @Nullable Pod pod, List<Event> events) {
    var seen = pod == null ? null : PodReading.phase(pod, events);
    if (seen instanceof Phase.Ended || (finished == null && seen != null)) {
      return seen;
    }
    if (finished == null) {
      return new Phase.Waiting(ObstacleReading.ofJob(events).orElse(null));
    }
    var at =
        finished.getLastTransitionTime() == null
            ? null
            : Instant.parse(finished.getLastTransitionTime());
    return new Phase.Ended(unseen(finished, at));
  }

  /** How a Job ended whose pod wasn't seen to. */
  private static RunEnd unseen(JobCondition finished, @Nullable Instant at) {
    if ("Complete".equals(finished.getType())) {
      return new Exited(
          0, ContainerRole.MIGRATE, null, null, TerminationReport.NONE, null, at, null);
    }
    return "DeadlineExceeded".equals(finished.getReason())
        ? new EndedByKubernetes(Known.DEADLINE_EXCEEDED, finished.getMessage(), at)
        : new Unseen(at);
  }
}
