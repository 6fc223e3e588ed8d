package dev.sluice.operator.job;

import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.ObservedRun.Progress;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod's containers in the order in which they work: first the init containers.
 *
 * @param beside those that work beside the others: how they end doesn't matter, and whether they
 *     start only while the others wait for them
 */
record RunContainers(
    List<ContainerStatus> first, List<ContainerStatus> main, List<ContainerStatus> beside) {
  /** That the container which migrates has started, and how far it is. */
  record Work(@Nullable Instant since, Progress progress) {}

  RunContainers {
    first = List.copyOf(first);
    main = List.copyOf(main);
    beside = List.copyOf(beside);
  }

  static RunContainers of(PodStatus status) {
    // a mesh may have put some of its own into the pod
    var before =
        status.getInitContainerStatuses().stream().filter(c -> role(c).isPresent()).toList();
    return new RunContainers(
        before.stream().filter(c -> !isServer(c)).toList(),
        status.getContainerStatuses().stream().filter(c -> role(c).isPresent()).toList(),
        before.stream().filter(RunContainers::isServer).toList());
  }

  static boolean isServer(ContainerStatus container) {
    return role(container).filter(r -> r == ContainerRole.REHEARSAL_SERVER).isPresent();
  }

  static boolean migrates(ContainerStatus container) {
    return role(container).filter(r -> r == ContainerRole.MIGRATE).isPresent();
  }

  static Optional<ContainerRole> role(ContainerStatus container) {
    return ContainerRole.of(container.getName());
  }

  private Stream<ContainerStatus> all() {
    return Stream.concat(first.stream(), main.stream());
  }

  /** The one that failed, or the last when it has ended. */
  Optional<ContainerStatus> deciding() {
    return all()
        .filter(c -> terminated(c).filter(t -> t.getExitCode() != 0).isPresent())
        .findFirst()
        .or(() -> main.stream().filter(c -> terminated(c).isPresent()).findFirst());
  }

  /** The one whose turn it is. */
  Optional<ContainerStatus> current() {
    return waitedFor().or(() -> all().filter(c -> terminated(c).isEmpty()).findFirst());
  }

  /** The kubelet starts none before those beside it have started. */
  private Optional<ContainerStatus> waitedFor() {
    return migrating().isPresent()
        ? Optional.empty()
        : beside.stream().filter(c -> running(c).isEmpty()).findFirst();
  }

  Optional<ContainerStatus> migrator() {
    return all().filter(RunContainers::migrates).findFirst();
  }

  /** Empty: it hasn't started. */
  Optional<Work> migrating() {
    return migrator()
        .flatMap(c ->
            running(c)
                .map(r -> new Work(instant(r.getStartedAt()), progress(c)))
                .or(() ->
                    terminated(c)
                        .map(t -> new Work(instant(t.getStartedAt()), Progress.MIGRATING))));
  }

  /** When the run's work began: with the container that migrates, if it came to that. */
  ContainerStateTerminated first(ContainerStatus ended) {
    return migrator()
        .flatMap(RunContainers::terminated)
        .orElseGet(() -> ended.getState().getTerminated());
  }

  /** An init container has no probes, and isn't ready before it has ended. */
  private Progress progress(ContainerStatus container) {
    if (first.contains(container)) {
      return Progress.MIGRATING;
    }
    if (Boolean.FALSE.equals(container.getStarted())) {
      return Progress.CONNECTING;
    }
    return Boolean.FALSE.equals(container.getReady()) ? Progress.LOCKING : Progress.MIGRATING;
  }

  /** The kubelet ends a pod's containers on paper when it never made them. */
  static boolean wasNeverMade(ContainerStatus container) {
    var id = container.getContainerID();
    return (id == null || id.isBlank())
        && terminated(container)
            .filter(t -> "ContainerStatusUnknown".equals(t.getReason()))
            .isPresent();
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(s -> s.getTerminated());
  }

  private static Optional<ContainerStateRunning> running(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(s -> s.getRunning());
  }

  static @Nullable Instant instant(@Nullable String time) {
    return time == null ? null : Instant.parse(time);
  }
}
