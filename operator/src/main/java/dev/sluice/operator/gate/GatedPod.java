package dev.sluice.operator.gate;

import dev.sluice.api.Annotations;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A pod with our gate among its scheduling gates. */
final class GatedPod {
  private GatedPod() {}

  /** Where our gate is among its gates. */
  static OptionalInt gate(Pod pod) {
    var gates = pod.getSpec() == null ? null : pod.getSpec().getSchedulingGates();
    return gates == null
        ? OptionalInt.empty()
        : IntStream.range(0, gates.size())
            .filter(at -> Annotations.GATE.equals(gates.get(at).getName()))
            .findFirst();
  }

  static boolean waits(Pod pod) {
    return gate(pod).isPresent() && !pod.isMarkedForDeletion();
  }

  static RequiredRevision.Parsed required(Pod pod) {
    return RequiredRevision.read(annotations(pod).get(Annotations.REQUIRES));
  }

  /** The patch that removes our gate and nothing else; the API server refuses it when it moved. */
  static List<Map<String, Object>> opened(int at) {
    var path = "/spec/schedulingGates/" + at;
    return List.of(
        Map.of("op", "test", "path", path, "value", Map.of("name", Annotations.GATE)),
        Map.of("op", "remove", "path", path));
  }

  /** A StatefulSet's controller waits for a pod that never started, whatever its template is. */
  static String afterRollBack(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner ->
            Boolean.TRUE.equals(owner.getController()) && "StatefulSet".equals(owner.getKind()))
        .findFirst()
        .map(owner ->
            "; after a roll-back of StatefulSet %s delete this pod, which isn't replaced by itself: kubectl delete pod %s"
                .formatted(owner.getName(), pod.getMetadata().getName()))
        .orElse("");
  }

  private static Map<String, String> annotations(Pod pod) {
    return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
  }
}
