package dev.sluice.operator.gate;

import dev.sluice.operator.controller.BoundedMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Deployments whose new pods wait, each looked at once for each of its ReplicaSets. */
final class RolloutLookup {
  private static final Logger log = LoggerFactory.getLogger(RolloutLookup.class);

  /** Which template of its Deployment a ReplicaSet has, counted from 1. */
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final KubernetesClient client;
  private final Set<String> seen =
      Collections.synchronizedSet(Collections.newSetFromMap(new BoundedMap<>()));

  RolloutLookup(KubernetesClient client) {
    this.client = client;
  }

  /** The Deployment that this pod is a new one of; empty: none, its first template, or known. */
  Optional<Deployment> first(Pod pod) {
    var namespace = pod.getMetadata().getNamespace();
    return owner(pod, "ReplicaSet")
        .filter(set -> seen.add(set.getUid()))
        .flatMap(set -> look(namespace, set));
  }

  /** A warning that can't be given holds no gate up; it is tried again with the pod's next look. */
  private Optional<Deployment> look(String namespace, OwnerReference set) {
    try {
      return deployment(namespace, set);
    } catch (KubernetesClientException e) {
      seen.remove(set.getUid());
      log.debug("can't find out whether old pods are at risk: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Deployment> deployment(String namespace, OwnerReference owner) {
    var apps = client.apps();
    var set = apps.replicaSets().inNamespace(namespace).withName(owner.getName()).get();
    return Optional.ofNullable(set)
        .filter(s -> !"1".equals(annotations(s).get(REVISION)))
        .flatMap(s -> owner(s, "Deployment"))
        .map(d -> apps.deployments().inNamespace(namespace).withName(d.getName()).get());
  }

  private static Map<String, String> annotations(ReplicaSet set) {
    return Objects.requireNonNullElse(set.getMetadata().getAnnotations(), Map.of());
  }

  private static Optional<OwnerReference> owner(HasMetadata of, String kind) {
    return of.optionalMetadata().stream()
        .flatMap(m -> m.getOwnerReferences().stream())
        .filter(o -> Boolean.TRUE.equals(o.getController()) && kind.equals(o.getKind()))
        .filter(o -> o.getApiVersion().startsWith("apps/"))
        .findFirst();
  }
}
