package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.Pod;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Goal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The pod of one run, fit for the restricted pod security standard. */
final class PodDrawing {
  static final String CONTAINER = "migrate";
  private static final long USER = 65532;

  /** Nothing moves or joins a run in flight, unless spec.pod says otherwise. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "karpenter.sh/do-not-disrupt", "true",
          "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
          "sidecar.istio.io/inject", "false",
          "linkerd.io/inject", "disabled");

  private static final Map<String, String> LABELS = Map.of("sidecar.istio.io/inject", "false");

  private PodDrawing() {}

  static PodTemplateSpec draw(Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new PodTemplateSpecBuilder()
        .withMetadata(metadata(goal, spec.pod(), plan))
        .withSpec(pod(goal, spec, plan, runner))
        .build();
  }

  private static ObjectMeta metadata(Goal goal, Pod pod, Plan plan) {
    var labels = new TreeMap<>(LABELS);
    labels.putAll(JobDrawing.labels(goal));
    labels.putAll(pod.labels());
    labels.put(Marks.LABEL, Marks.label(goal.name()));
    var annotations = new TreeMap<>(ANNOTATIONS);
    annotations.putAll(pod.annotations());
    annotations.putAll(JobDrawing.annotations(goal, plan));
    return new ObjectMetaBuilder().withLabels(labels).withAnnotations(annotations).build();
  }

  private static PodSpec pod(Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    var pod = spec.pod();
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(30L)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withServiceAccountName(pod.serviceAccountName())
        .withSecurityContext(podSecurity())
        .withNodeSelector(pod.nodeSelector().isEmpty() ? null : pod.nodeSelector())
        .withTolerations(pod.tolerations().stream().map(PodDrawing::toleration).toList())
        .withImagePullSecrets(
            pod.imagePullSecrets().stream().map(s -> new LocalObjectReference(s.name())).toList())
        .withVolumes(Mounts.volumes(spec))
        .withContainers(container(goal, spec, plan, runner))
        .build();
  }

  private static Container container(
      Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(Objects.requireNonNullElse(spec.image(), runner))
        .withCommand("/opt/sluice/jre/bin/java", "@/opt/sluice/sluice")
        .withArgs("run")
        .withEnv(Environment.of(goal, spec, plan))
        .withVolumeMounts(Mounts.mounts(spec))
        .withResources(resources(spec.pod().resources()))
        .withSecurityContext(security())
        .withStartupProbe(Probes.connected(plan.left()))
        .withReadinessProbe(Probes.locked())
        .withTerminationMessagePath("/dev/termination-log")
        // with FallbackToLogsOnError the log's end would come for the report
        .withTerminationMessagePolicy("File")
        .build();
  }

  private static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private static SecurityContext security() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static ResourceRequirements resources(Pod.Resources resources) {
    return new ResourceRequirementsBuilder()
        .withRequests(new TreeMap<>(resources.requests()))
        .withLimits(new TreeMap<>(resources.limits()))
        .build();
  }

  private static Toleration toleration(Pod.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator())
        .withValue(toleration.value())
        .withEffect(toleration.effect())
        .withTolerationSeconds(toleration.tolerationSeconds())
        .build();
  }
}
