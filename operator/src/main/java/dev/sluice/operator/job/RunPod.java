package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The pod of one run, fit for the restricted pod security standard. */
final class RunPod {
  /** Nothing moves a run in flight, unless spec.pod says otherwise. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "karpenter.sh/do-not-disrupt", "true",
          "cluster-autoscaler.kubernetes.io/safe-to-evict", "false");

  private RunPod() {}

  static PodTemplateSpec draw(RunOrder order) {
    return new PodTemplateSpecBuilder()
        .withMetadata(metadata(order))
        .withSpec(pod(order.spec().pod(), layout(order)))
        .build();
  }

  private static ObjectMeta metadata(RunOrder order) {
    var desired = order.desired();
    var pod = order.spec().pod();
    var labels = new TreeMap<>(InjectionOptOuts.LABELS);
    labels.putAll(RunLabels.labels(desired));
    labels.putAll(pod.labels());
    labels.put(RunLabels.LABEL, RunLabels.label(desired.name()));
    var annotations = new TreeMap<>(ANNOTATIONS);
    annotations.putAll(InjectionOptOuts.ANNOTATIONS);
    annotations.putAll(pod.annotations());
    annotations.putAll(RunLabels.annotations(desired, order.plan()));
    if (order.spec().ofAnotherTool()) {
      annotations.put(RunLabels.TOOL, "true");
    }
    return new ObjectMetaBuilder().withLabels(labels).withAnnotations(annotations).build();
  }

  private static PodSpec pod(PodSettings pod, PodLayout layout) {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(30L)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withServiceAccountName(pod.serviceAccountName())
        .withPriorityClassName(pod.priorityClassName())
        .withRuntimeClassName(pod.runtimeClassName())
        .withAffinity(PlacementAsWritten.affinity(pod.affinity()))
        .withTopologySpreadConstraints(PlacementAsWritten.spread(pod.topologySpreadConstraints()))
        .withSecurityContext(RestrictedSecurity.pod(pod.securityContext()))
        .withNodeSelector(pod.nodeSelector().isEmpty() ? null : pod.nodeSelector())
        .withTolerations(pod.tolerations().stream().map(RunPod::toleration).toList())
        .withImagePullSecrets(
            pod.imagePullSecrets().stream().map(s -> new LocalObjectReference(s.name())).toList())
        .withVolumes(layout.volumes())
        .withInitContainers(layout.before().stream().map(c -> container(c, pod)).toList())
        .withContainers(container(layout.main(), pod))
        .build();
  }

  /** With what spec.pod says of containers. */
  private static Container container(Container drawn, PodSettings pod) {
    var container = new ContainerBuilder(drawn);
    if (pod.imagePullPolicy() != null) {
      container.withImagePullPolicy(pod.imagePullPolicy().name());
    }
    var resources = pod.containerResources().get(drawn.getName());
    if (resources != null) {
      container.withResources(PodResources.of(resources));
    }
    return container.build();
  }

  private static Toleration toleration(PodSettings.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator())
        .withValue(toleration.value())
        .withEffect(toleration.effect())
        .withTolerationSeconds(toleration.tolerationSeconds())
        .build();
  }

  private static PodLayout layout(RunOrder order) {
    return order.spec().ofAnotherTool() ? new ToolLayout(order) : new RunnerLayout(order);
  }
}
