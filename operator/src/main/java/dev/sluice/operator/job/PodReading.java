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
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how far a pod is. */
final class PodReading {
  private static final Pattern EXEC_FORMAT = Pattern.compile("(?i)exec format error");

  private PodReading() {}

  static Phase phase(Pod pod, List<Event> events) {
    var status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    var containers = RunContainers.of(status);
    var last = containers.deciding();
    if (last.isPresent()) {
      return new Phase.Ended(end(pod, status, containers, last.get()));
    }
    var injected = InjectedContainers.of(pod, status);
    if ("Failed".equals(status.getPhase())) {
      return new Phase.Ended(endBefore(status, containers, injected));
    }
    var blocking = injected.blocking();
    var current = blocking.or(containers::current);
    var obstacle =
        ObstacleReading.ofPod(pod, status, current.orElse(null), events)
            .map(o -> in(current.orElse(null), o));
    if (obstacle.isPresent()) {
      return new Phase.Waiting(obstacle.get());
    }
    return containers
        .migrating()
        .<Phase>map(work -> new Phase.Working(work.since(), work.progress()))
        .orElseGet(() ->
            isBound(status)
                ? new Phase.Bound(blocking.flatMap(InjectedContainers::works).orElse(null))
                : new Phase.Waiting(null));
  }

  /** Of a pod in which none of the run's containers came to an end. */
  private static RunEnd endBefore(
      PodStatus status, RunContainers containers, InjectedContainers injected) {
    var cause = cause(status);
    var failed = injected.failed();
    if (cause == null && failed.isPresent()) {
      return new EndedByKubernetes(
          Known.INJECTED_CONTAINER_FAILED,
          injected.failure().orElse(null),
          RunContainers.instant(failed.get().getFinishedAt()));
    }
    // the operator ended it (PodWriter), to keep its log
    if (Known.DEADLINE_EXCEEDED.reason().equals(cause) && containers.migrating().isEmpty()) {
      return new RunEnd.NeverStarted(null);
    }
    return new EndedByKubernetes(
        EndCause.of(Objects.requireNonNullElse(cause, Reasons.EVICTED)), detail(status), null);
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
    if (container == null || RunContainers.migrates(container)) {
      return obstacle;
    }
    var whose = InjectedContainers.isInjected(container) ? ", which isn't Sluice's" : "";
    return new Obstacle(
        obstacle.kind(), "container " + container.getName() + whose + ": " + obstacle.message());
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
    var report = ReportReading.read(ended.getMessage());
    return new Exited(
        ended.getExitCode(),
        RunContainers.role(container).orElse(ContainerRole.MIGRATE),
        started
            ? notBegun(known, tool, report, ended).orElse(known)
            : notStarted(known, tool, ended.getMessage()),
        own ? clean(ended.getMessage()) : detail(status),
        report,
        // one that was never started has the epoch for its start
        started ? RunContainers.instant(containers.first(container).getStartedAt()) : null,
        RunContainers.instant(ended.getFinishedAt()),
        image(containers.migrator().orElse(container)));
  }

  private static @Nullable EndCause notStarted(
      @Nullable EndCause known, boolean tool, @Nullable String message) {
    if (message != null && EXEC_FORMAT.matcher(message).find()) {
      return Known.WRONG_ARCHITECTURE;
    }
    return tool ? Known.COMMAND_NOT_FOUND : known;
  }

  /**
   * Our runner has no such exit code. The Java runtime ends with 1 when it can't start; and runc,
   * which has reported the start by then, with 1 or 255 when it can't execute the program.
   */
  private static Optional<EndCause> notBegun(
      @Nullable EndCause known,
      boolean tool,
      TerminationReport report,
      ContainerStateTerminated ended) {
    var code = ended.getExitCode();
    return !tool
            && (code == 1 || code == 255)
            && report.failure() == null
            && (known == null || known.equals(EndCause.of("Error")))
        ? Optional.of(Known.NOT_BEGUN)
        : Optional.empty();
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
