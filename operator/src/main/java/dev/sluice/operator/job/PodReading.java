package dev.sluice.operator.job;

import dev.sluice.operator.decision.End;
import dev.sluice.operator.decision.Reasons;
import dev.sluice.operator.decision.Report;
import dev.sluice.operator.decision.Run.Phase;
import dev.sluice.operator.decision.Run.Progress;
import dev.sluice.operator.decision.Text;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how far a pod is. */
final class PodReading {
  private PodReading() {}

  static Phase phase(Pod pod, List<Event> events) {
    var status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    var container =
        status.getContainerStatuses().stream()
            .filter(c -> PodDrawing.CONTAINER.equals(c.getName()))
            .findFirst();
    var state = container.map(ContainerStatus::getState);
    if (state.isPresent() && state.get().getTerminated() != null) {
      return new Phase.Ended(end(status, container.get(), state.get().getTerminated()));
    }
    if ("Failed".equals(status.getPhase())) {
      return new Phase.Ended(
          new End(
              null,
              Objects.requireNonNullElse(cause(status), Reasons.EVICTED),
              detail(status),
              Report.NONE,
              null,
              null,
              null));
    }
    if (state.isPresent() && state.get().getRunning() != null) {
      return new Phase.Working(
          instant(state.get().getRunning().getStartedAt()), progress(container.get()));
    }
    return new Phase.Waiting(Obstacles.ofPod(status, container.orElse(null), events).orElse(null));
  }

  private static Progress progress(ContainerStatus container) {
    if (Boolean.FALSE.equals(container.getStarted())) {
      return Progress.CONNECTING;
    }
    return Boolean.FALSE.equals(container.getReady()) ? Progress.LOCKING : Progress.MIGRATING;
  }

  private static End end(
      PodStatus status, ContainerStatus container, ContainerStateTerminated ended) {
    var cause = Optional.ofNullable(cause(status)).orElse(ended.getReason());
    var own = cause == null || cause.equals(ended.getReason());
    // a container that was never started has the epoch for its start
    var started = "StartError".equals(cause) ? null : instant(ended.getStartedAt());
    return new End(
        ended.getExitCode(),
        cause,
        own ? clean(ended.getMessage()) : detail(status),
        ReportReading.read(ended.getMessage()),
        started,
        instant(ended.getFinishedAt()),
        image(container));
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

  /** With its digest, when the node told it. */
  private static @Nullable String image(ContainerStatus container) {
    var id = container.getImageID();
    return id == null || id.isBlank() ? null : Text.clean(id.replaceFirst("^[a-z-]+://", ""), 600);
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : Text.clean(text, 400);
  }

  private static @Nullable Instant instant(@Nullable String time) {
    return time == null ? null : Instant.parse(time);
  }
}
