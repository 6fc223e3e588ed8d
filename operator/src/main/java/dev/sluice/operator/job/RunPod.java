package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
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
  /** Nothing moves or joins a run in flight, unless spec.pod says otherwise. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "karpenter.sh/do-not-disrupt", "true",
          "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
          "sidecar.istio.io/inject", "false",
          "linkerd.io/inject", "disabled");

  private static final Map<String, String> LABELS = Map.of("sidecar.istio.io/inject", "false");

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
    var labels = new TreeMap<>(LABELS);
    labels.putAll(RunLabels.labels(desired));
    labels.putAll(pod.labels());
    labels.put(RunLabels.LABEL, RunLabels.label(desired.name()));
    var annotations = new TreeMap<>(ANNOTATIONS);
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
        .withSecurityContext(RestrictedSecurity.pod())
        .withNodeSelector(pod.nodeSelector().isEmpty() ? null : pod.nodeSelector())
        .withTolerations(pod.tolerations().stream().map(RunPod::toleration).toList())
        .withImagePullSecrets(
            pod.imagePullSecrets().stream().map(s -> new LocalObjectReference(s.name())).toList())
        .withVolumes(layout.volumes())
        .withInitContainers(layout.before())
        .withContainers(layout.main())
        .build();
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
