package dev.sluice.operator.gate;

import dev.sluice.api.Annotations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod that was made to wait, and doesn't by our gate: that is missing, or misspelt.
 *
 * @param gates others of its gates that look like ours
 */
record UngatedPod(String requires, List<String> gates, RequiredRevision.Parsed required) {
  private static final String PREFIX = "sluice.dev/";

  /** How an init container is told what it waits for (docs/wait.md). */
  private static final String TOLD = "metadata.annotations['" + Annotations.REQUIRES + "']";

  /** Whether it may be one, now or before: it names revisions, or a gate that looks like ours. */
  static boolean isNear(Pod pod) {
    return requires(pod).isPresent() || !likeOurs(pod).isEmpty();
  }

  /** Empty: it waits, it has passed, or an init container waits. */
  static Optional<UngatedPod> of(Pod pod) {
    var misspelt = !likeOurs(pod).isEmpty();
    return !pod.isMarkedForDeletion() && (misspelt || isWithoutGate(pod))
        ? Optional.of(
            new UngatedPod(requires(pod).orElse(""), likeOurs(pod), GatedPod.required(pod)))
        : Optional.empty();
  }

  private static boolean isWithoutGate(Pod pod) {
    return requires(pod).isPresent()
        && GatedPod.gate(pod).isEmpty()
        && isAsMade(pod)
        && !waitsItself(pod);
  }

  /** The gate that is taken away makes another generation; an older Kubernetes counts none. */
  private static boolean isAsMade(Pod pod) {
    var generation = pod.getMetadata().getGeneration();
    return generation == null || generation == 1;
  }

  private static Optional<String> requires(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.REQUIRES));
  }

  private static List<String> likeOurs(Pod pod) {
    var spec = pod.getSpec();
    return spec == null
        ? List.of()
        : spec.getSchedulingGates().stream()
            .map(PodSchedulingGate::getName)
            .filter(name -> !name.equals(Annotations.GATE))
            .filter(name -> name.startsWith(PREFIX) || name.endsWith("/migration"))
            .toList();
  }

  private static boolean waitsItself(Pod pod) {
    return pod.getSpec() != null
        && pod.getSpec().getInitContainers().stream().anyMatch(UngatedPod::isTold);
  }

  private static boolean isTold(Container container) {
    return container.getEnv().stream()
        .map(variable -> variable.getValueFrom())
        .filter(Objects::nonNull)
        .map(from -> from.getFieldRef())
        .filter(Objects::nonNull)
        .anyMatch(field -> TOLD.equals(field.getFieldPath()));
  }

  /** {@code migrations} gives a migration of the pod's namespace by its name. */
  String warning(Function<String, RequiredMigration> migrations) {
    return Stream.concat(Stream.of(problem()), missing(migrations))
        .collect(Collectors.joining("; "));
  }

  private String problem() {
    return gates.isEmpty()
        ? "doesn't wait for %s: the annotation %s needs the scheduling gate %s in the pod template's spec.schedulingGates"
            .formatted(requires, Annotations.REQUIRES, Annotations.GATE)
        : "waits at the scheduling gate %s, which Sluice doesn't open: its own is %s; correct the pod template, and delete this pod"
            .formatted(String.join(", ", gates), Annotations.GATE);
  }

  private Stream<String> missing(Function<String, RequiredMigration> migrations) {
    return switch (required) {
      case RequiredRevision.Parsed.Malformed(var problem) -> Stream.of(problem);
      case RequiredRevision.Parsed.All(var all) ->
          all.stream()
              .map(RequiredRevision::migration)
              .distinct()
              .filter(name -> migrations.apply(name) instanceof RequiredMigration.Missing)
              .map(name -> "there is no DatabaseMigration " + name + " in this namespace");
    };
  }
}
