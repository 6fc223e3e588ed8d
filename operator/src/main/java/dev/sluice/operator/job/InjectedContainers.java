package dev.sluice.operator.job;

import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Init containers that admission put into the pod of a run, whose own containers start after them.
 *
 * @param first all init containers in their order, the run's own among them
 * @param sidecars the names of those that go on beside the containers after them
 */
record InjectedContainers(List<ContainerStatus> first, Set<String> sidecars) {
  InjectedContainers {
    first = List.copyOf(first);
    sidecars = Set.copyOf(sidecars);
  }

  static InjectedContainers of(Pod pod, PodStatus status) {
    var containers =
        pod.getSpec() == null ? List.<Container>of() : pod.getSpec().getInitContainers();
    return new InjectedContainers(
        status.getInitContainerStatuses(),
        containers.stream()
            .filter(c -> "Always".equals(c.getRestartPolicy()))
            .map(Container::getName)
            .collect(Collectors.toSet()));
  }

  static boolean isInjected(ContainerStatus container) {
    return RunContainers.role(container).isEmpty();
  }

  /** With it the pod failed before anything of the run started. */
  Optional<ContainerStateTerminated> failed() {
    return failures().findFirst().map(c -> c.getState().getTerminated());
  }

  /** What is said of that. */
  Optional<String> failure() {
    return failures().findFirst().map(c -> sentence(c, c.getState().getTerminated()));
  }

  private Stream<ContainerStatus> failures() {
    return first.stream()
        .filter(InjectedContainers::isInjected)
        .filter(c -> state(c).getTerminated() != null)
        .filter(c -> state(c).getTerminated().getExitCode() != 0);
  }

  private static String sentence(ContainerStatus container, ContainerStateTerminated ended) {
    var message = Objects.requireNonNullElse(ended.getMessage(), "").strip();
    return SafeText.clean(
        "the init container %s, which isn't Sluice's, ended with exit code %d%s"
            .formatted(
                container.getName(),
                ended.getExitCode(),
                message.isEmpty() ? "; its log says why" : ": " + message),
        400);
  }

  /** The one that the run's containers wait for. */
  Optional<ContainerStatus> blocking() {
    return first.stream()
        .filter(c -> !isDone(c))
        .findFirst()
        .filter(InjectedContainers::isInjected)
        .filter(c -> !isNext(c));
  }

  private boolean isDone(ContainerStatus container) {
    var ended = state(container).getTerminated();
    return (ended != null && ended.getExitCode() == 0)
        || (state(container).getRunning() != null
            && (sidecars.contains(container.getName()) || RunContainers.isServer(container))
            && !Boolean.FALSE.equals(container.getStarted()));
  }

  /** The kubelet hasn't come to it, or has only begun. */
  private static boolean isNext(ContainerStatus container) {
    var waiting = state(container).getWaiting();
    return waiting != null
        && (waiting.getReason() == null || waiting.getReason().equals("PodInitializing"));
  }

  /** Empty: it doesn't work now. */
  static Optional<Obstacle> works(ContainerStatus container) {
    return state(container).getRunning() == null
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Obstacle.Kind.INJECTED_CONTAINER,
                "the init container %s, which isn't Sluice's, has been at work since %s, and the run's own start after it; its log says what it does"
                    .formatted(container.getName(), state(container).getRunning().getStartedAt())));
  }

  private static ContainerState state(ContainerStatus container) {
    return Objects.requireNonNullElseGet(container.getState(), ContainerState::new);
  }
}
