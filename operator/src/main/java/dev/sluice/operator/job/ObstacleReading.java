package dev.sluice.operator.job;

import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what keeps a pod from starting, in its status and in the events about it. */
final class ObstacleReading {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)secret \"([^\"]+)\" not found|key \\S+ in Secret (\\S+)|non-existent secret key");
  private static final Pattern CONFIG_MAP =
      Pattern.compile(
          "(?i)configmap \"([^\"]+)\" not found|key \\S+ in ConfigMap (\\S+)|non-existent config"
              + " key");
  private static final Pattern BACK_OFF =
      Pattern.compile("^Back-off pulling image \"[^\"]*\"(: ErrImagePull: )?");

  private ObstacleReading() {}

  static Optional<Obstacle> ofPod(
      Pod pod, PodStatus status, @Nullable ContainerStatus container, List<Event> events) {
    return waiting(container)
        .flatMap(waiting -> ofContainer(waiting, image(container)))
        .or(() -> gated(pod))
        .or(() -> unschedulable(status))
        .or(() -> mounted(status) ? Optional.empty() : ofEvents(events));
  }

  private static String image(@Nullable ContainerStatus container) {
    if (container == null || RunContainers.migrates(container)) {
      return "spec.image";
    }
    return RunContainers.isServer(container) ? "spec.rehearsal.image" : "its image's name";
  }

  static Optional<Obstacle> ofJob(Job job, List<Event> events) {
    return suspended(job).or(() -> refused(events));
  }

  private static Optional<Obstacle> suspended(Job job) {
    return Optional.ofNullable(job.getStatus())
        .filter(status ->
            status.getConditions().stream()
                .anyMatch(c -> "Suspended".equals(c.getType()) && "True".equals(c.getStatus())))
        .map(_ ->
            new Obstacle(
                Obstacle.Kind.JOB_SUSPENDED,
                "Job %s is suspended, by a queue such as Kueue or by a person: the run starts once its spec.suspend is false"
                    .formatted(job.getMetadata().getName())));
  }

  private static Optional<Obstacle> refused(List<Event> events) {
    return newest(events, "FailedCreate")
        .map(message -> new Obstacle(Obstacle.Kind.POD_REJECTED, "the pod is refused: " + message));
  }

  private static Optional<ContainerStateWaiting> waiting(@Nullable ContainerStatus container) {
    return Optional.ofNullable(container).map(ContainerStatus::getState).map(s -> s.getWaiting());
  }

  private static Optional<Obstacle> ofContainer(ContainerStateWaiting waiting, String image) {
    var message = SafeText.clean(waiting.getMessage() == null ? "" : waiting.getMessage(), 600);
    return switch (waiting.getReason()) {
      case "InvalidImageName" ->
          Optional.of(
              new Obstacle(
                  Obstacle.Kind.INVALID_IMAGE_NAME,
                  "the node can't read " + image + ": " + message));
      case "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "RegistryUnavailable",
          "ErrImageInspect" ->
          Optional.of(pull(message));
      case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
          Optional.of(
              missing(message)
                  .orElse(new Obstacle(Obstacle.Kind.CONTAINER_CREATE_FAILED, message)));
      // of the kubelet's sentence only the pause changes, and each change would be written
      case "CrashLoopBackOff" ->
          Optional.of(
              new Obstacle(
                  Obstacle.Kind.CRASH_LOOP,
                  "it ends each time right after its start; its log says why"));
      case null, default -> Optional.empty();
    };
  }

  /** The first pull's error and the later back-off say the same. */
  private static Obstacle pull(String message) {
    var cause = BACK_OFF.matcher(message).replaceFirst("");
    return new Obstacle(
        Obstacle.Kind.IMAGE_PULL_FAILED,
        cause.isBlank() ? "the image can't be pulled" : "the image can't be pulled: " + cause);
  }

  private static Optional<Obstacle> gated(Pod pod) {
    var gates =
        pod.getSpec() == null
            ? ""
            : pod.getSpec().getSchedulingGates().stream()
                .map(PodSchedulingGate::getName)
                .collect(Collectors.joining(", "));
    return gates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Obstacle.Kind.SCHEDULING_GATED,
                "the pod has the scheduling gate %s: it starts once whoever set that takes it away"
                    .formatted(SafeText.clean(gates, 400))));
  }

  private static Optional<Obstacle> unschedulable(PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .filter(c -> "Unschedulable".equals(c.getReason()))
        .findFirst()
        .map(c ->
            new Obstacle(
                Obstacle.Kind.UNSCHEDULABLE,
                "no node takes the pod: "
                    + SafeText.clean(c.getMessage() == null ? "" : c.getMessage(), 600)));
  }

  private static boolean mounted(PodStatus status) {
    return status.getConditions().stream()
        .anyMatch(
            c -> "PodReadyToStartContainers".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static Optional<Obstacle> ofEvents(List<Event> events) {
    return newest(events, "FailedMount")
        .or(() -> newest(events, "FailedAttachVolume"))
        .map(message -> missing(message).orElse(new Obstacle(Obstacle.Kind.MOUNT_FAILED, message)))
        .or(() ->
            newest(events, "FailedCreatePodSandBox")
                .map(message -> new Obstacle(Obstacle.Kind.CONTAINER_CREATE_FAILED, message)));
  }

  private static Optional<Obstacle> missing(String message) {
    if (SECRET.matcher(message).find()) {
      return Optional.of(
          new Obstacle(
              Obstacle.Kind.WAITING_FOR_SECRET, message + "; the run starts once it is there"));
    }
    if (CONFIG_MAP.matcher(message).find()) {
      return Optional.of(
          new Obstacle(
              Obstacle.Kind.WAITING_FOR_CONFIG_MAP, message + "; the run starts once it is there"));
    }
    return Optional.empty();
  }

  private static Optional<String> newest(List<Event> events, String reason) {
    return events.stream()
        .filter(e -> reason.equals(e.getReason()) && e.getMessage() != null)
        .max(Comparator.comparing(ObstacleReading::time))
        .map(e -> SafeText.clean(e.getMessage(), 600));
  }

  private static String time(Event event) {
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    return event.getEventTime() == null || event.getEventTime().getTime() == null
        ? ""
        : event.getEventTime().getTime();
  }
}
