package dev.sluice.operator.gate;

import dev.sluice.operator.controller.ServerWords;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.OptionalInt;
import java.util.Set;

/** Opens gates. */
final class GateOpener {
  /** A patch that doesn't fit any more is answered so, and so may a webhook answer. */
  private static final Set<Integer> CONFLICTS = Set.of(409, 422);

  private final KubernetesClient client;

  GateOpener(KubernetesClient client) {
    this.client = client;
  }

  /** What came of it. */
  sealed interface Result {
    /** The gate is gone. */
    record Opened() implements Result {}

    /** The pod isn't any more what was seen of it: its event comes. */
    record Overtaken() implements Result {}

    /** The API server refuses the patch, in its words. */
    record Refused(String words) implements Result {}
  }

  Result open(Pod pod, int at) {
    // by name alone, the client would read it first
    var named =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .build();
    try {
      client
          .resource(named)
          .patch(
              PatchContext.of(PatchType.JSON),
              client.getKubernetesSerialization().asJson(GatedPod.opened(at)));
      return new Result.Opened();
    } catch (KubernetesClientException e) {
      var overtaken =
          e.getCode() == 404 || (CONFLICTS.contains(e.getCode()) && !isStillThere(pod, at));
      return overtaken ? new Result.Overtaken() : new Result.Refused(ServerWords.of(e));
    }
  }

  /** The same pod with the gate at the same place; the operator may list pods, not get one. */
  private boolean isStillThere(Pod pod, int at) {
    var meta = pod.getMetadata();
    return client
        .pods()
        .inNamespace(meta.getNamespace())
        .withField("metadata.name", meta.getName())
        .list()
        .getItems()
        .stream()
        .filter(now -> now.getMetadata().getUid().equals(meta.getUid()))
        .anyMatch(now -> GatedPod.gate(now).equals(OptionalInt.of(at)));
  }
}
