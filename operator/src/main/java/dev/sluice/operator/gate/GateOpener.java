package dev.sluice.operator.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Set;

/** Opens gates. */
final class GateOpener {
  /** It was changed or deleted meanwhile: its event comes. */
  private static final Set<Integer> OVERTAKEN = Set.of(404, 409, 422);

  private final KubernetesClient client;

  GateOpener(KubernetesClient client) {
    this.client = client;
  }

  /** False: the pod isn't any more what was seen of it. */
  boolean open(Pod pod, int at) {
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
      return true;
    } catch (KubernetesClientException e) {
      if (OVERTAKEN.contains(e.getCode())) {
        return false;
      }
      throw e;
    }
  }
}
