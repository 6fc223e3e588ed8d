package dev.sluice.operator.job;

import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.EndCause.Known;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.EndedByKubernetes;
import dev.sluice.operator.observation.RunEnd.Exited;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how far a pod is. */
final class PodReading {
  private PodReading() {}

  static Phase phase(Pod pod, List<Event> events) {
    var status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    var containers = RunContainers.of(status);
    var last = containers.deciding();
    if (last.isPresent()) {
      return new Phase.Ended(end(pod, status, containers, last.get()));
    }
    if ("Failed".equals(status.getPhase())) {
      return new Phase.Ended(
          new EndedByKubernetes(
              EndCause.of(Objects.requireNonNullElse(cause(status), Reasons.EVICTED)),
              detail(status),
              null));
    }
    var current = containers.current();
    var obstacle =
        ObstacleReading.ofPod(status, current.orElse(null), events)
            .map(o -> in(current.orElse(null), o));
    if (obstacle.isPresent()) {
      return new Phase.Waiting(obstacle.get());
    }
    return containers
        .migrating()
        .<Phase>map(work -> new Phase.Working(work.since(), work.progress()))
        .orElseGet(() -> isBound(status) ? new Phase.Bound() : new Phase.Waiting(null));
  }

  /** How a pod ended that is no more, as it was when it went. */
  static RunEnd lastOf(Pod pod) {
    return switch (phase(pod, List.of())) {
      case Phase.Ended(var end) -> end;
      case Phase.Waiting _ when !isBound(pod.getStatus()) -> new RunEnd.NeverStarted(null);
      case Phase.Waiting _, Phase.Bound _, Phase.Working _ -> new RunEnd.Unseen(null);
    };
  }

  /** The API server sets this condition together with the node; the kubelet reports later. */
  private static boolean isBound(@Nullable PodStatus status) {
    return status != null
        && status.getConditions().stream()
            .anyMatch(c -> "PodScheduled".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** An obstacle of another container than the one that migrates has its name. */
  private static Obstacle in(@Nullable ContainerStatus container, Obstacle obstacle) {
    return container == null || RunContainers.migrates(container)
        ? obstacle
        : new Obstacle(
            obstacle.kind(), "container " + container.getName() + ": " + obstacle.message());
  }

  private static RunEnd end(
      Pod pod, PodStatus status, RunContainers containers, ContainerStatus container) {
    var ended = container.getState().getTerminated();
    if (RunContainers.wasNeverMade(container)) {
      return new RunEnd.NeverStarted(null);
    }
    var tool = RunContainers.migrates(container) && RunLabels.of(pod).containsKey(RunLabels.TOOL);
    // our runner, when it ends in time as its node is drained, is stopped and not evicted
    var stopped = !tool && status.getReason() == null && ended.getExitCode() == 11;
    var cause = Optional.ofNullable(stopped ? null : cause(status)).orElse(ended.getReason());
    var own = cause == null || cause.equals(ended.getReason());
    var known = cause == null ? null : EndCause.of(cause);
    var started = !(known instanceof Known k && k.neverStarted());
    return new Exited(
        ended.getExitCode(),
        RunContainers.role(container).orElse(ContainerRole.MIGRATE),
        !started && tool ? Known.COMMAND_NOT_FOUND : known,
        own ? clean(ended.getMessage()) : detail(status),
        ReportReading.read(ended.getMessage()),
        // one that was never started has the epoch for its start
        started ? RunContainers.instant(containers.first(container).getStartedAt()) : null,
        RunContainers.instant(ended.getFinishedAt()),
        image(containers.migrator().orElse(container)));
  }

  /** Why the pod, not its container, ended. */
  private static @Nullable String cause(PodStatus status) {
    if (status.getReason() != null && status.getReason().matches("[A-Z][A-Za-z]{0,62}")) {
      return status.getReason();
    }
    return disruption(status).isPresent() ? Reasons.EVICTED : null;
  }

  private static @Nullable String detail(PodStatus status) {
    return clean(
        status.getMessage() != null
            ? status.getMessage()
            : disruption(status).map(PodCondition::getMessage).orElse(null));
  }

  private static Optional<PodCondition> disruption(PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> "DisruptionTarget".equals(c.getType()) && "True".equals(c.getStatus()))
        .findFirst();
  }

  /** With its digest, when the node reported it. */
  private static @Nullable String image(ContainerStatus container) {
    var id = container.getImageID();
    return id == null || id.isBlank()
        ? null
        : SafeText.clean(id.replaceFirst("^[a-z-]+://", ""), 600);
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : SafeText.clean(text, 400);
  }
}
