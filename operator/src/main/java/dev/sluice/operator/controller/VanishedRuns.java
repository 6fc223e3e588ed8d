package dev.sluice.operator.controller;

import dev.sluice.operator.job.RunReading;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.RunEnd;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How runs ended whose Job or pod is no more, as far as this process saw it: a pod that is deleted
 * shows its end a last time as it goes.
 */
public final class VanishedRuns {
  /** The deletion of a pod is reported by another watch than that of its Job, which may lag. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Map<String, ObservedRun> seen = new BoundedMap<>();
  private final Map<String, RunEnd> ends = new BoundedMap<>();
  private final Map<String, Instant> missed = new BoundedMap<>();

  /** It was in flight then. */
  synchronized void inFlight(ObservedRun run) {
    seen.put(run.jobUid(), run);
  }

  /** As it was when it went. */
  synchronized void podDeleted(Pod pod) {
    RunReading.job(pod).ifPresent(job -> ends.put(job, RunReading.lastOf(pod)));
  }

  /** Its Job was deleted while it had no pod; one that comes nevertheless is seen as it goes. */
  synchronized void deletedWithoutPod(ObservedRun run) {
    ends.putIfAbsent(run.jobUid(), new RunEnd.NeverStarted(null));
  }

  /** How its pod ended; empty: it didn't go, or nobody saw it. */
  synchronized Optional<RunEnd> end(String jobUid) {
    return Optional.ofNullable(ends.get(jobUid));
  }

  /** The run of a Job that is gone; empty: this process saw nothing of it. */
  synchronized Optional<ObservedRun> of(String jobUid, Instant now) {
    var run = seen.get(jobUid);
    if (run == null) {
      return Optional.empty();
    }
    var end = ends.get(jobUid);
    if (end != null) {
      return Optional.of(run.gone(end));
    }
    var since = missed.computeIfAbsent(jobUid, _ -> now);
    return Duration.between(since, now).abs().compareTo(GRACE) < 0
        ? Optional.of(run.as(false, true, run.phase()))
        : Optional.empty();
  }
}
