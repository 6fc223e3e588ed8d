package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subset of pod settings that a migration may choose. Field names and meaning are those of a
 * Kubernetes pod.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSettings(
    @JsonPropertyDescription("Labels added to the pod; keys below sluice.dev/ are refused.")
        Map<String, String> labels,
    @JsonPropertyDescription("Annotations added to the pod; keys below sluice.dev/ are refused.")
        Map<String, String> annotations,
    @JsonPropertyDescription(
            "ServiceAccount of the pod: its AWS identity (Pod Identity or IRSA). Its Kubernetes"
                + " token is not mounted. Default: default.")
        @Size(min = 1, max = 253)
        @Nullable String serviceAccountName,
    @JsonPropertyDescription("Labels that a node must have.") Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints that the pod tolerates.") @Size(max = 32)
        List<Toleration> tolerations,
    @JsonPropertyDescription(
            "CPU, memory and ephemeral storage. Default: requests of 50m CPU and 256Mi, a limit of"
                + " 640Mi memory.")
        Resources resources,
    @JsonPropertyDescription(
            "The same for the containers login, folder, verify and rehearsal-server.")
        Map<String, Resources> containerResources,
    @JsonPropertyDescription(
            "User, groups and security profiles. Default: user and groups 65532, the runtime's"
                + " default seccomp profile.")
        SecurityContext securityContext,
    @JsonPropertyDescription("PriorityClass of the pod. Default: the cluster's.")
        @Size(min = 1, max = 253)
        @Nullable String priorityClassName,
    @JsonPropertyDescription("RuntimeClass of the pod. Default: the cluster's.")
        @Size(min = 1, max = 253)
        @Nullable String runtimeClassName,
    @JsonPropertyDescription(
            "As in a Kubernetes pod. It is checked when a run's Job is created; what the API server"
                + " refuses then makes Ready False (JobInvalid), in its words.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable ObjectNode affinity,
    @JsonPropertyDescription("As in a Kubernetes pod; checked as affinity is.")
        @Size(max = 16)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ObjectNode> topologySpreadConstraints,
    @JsonPropertyDescription(
            "When the images are pulled, of all containers. Default: Always for the tag latest,"
                + " else IfNotPresent.")
        @Nullable PullPolicy imagePullPolicy,
    @JsonPropertyDescription("Secrets of the same namespace with which the image is pulled.")
        @Size(max = 16)
        List<ImagePullSecret> imagePullSecrets,
    @JsonPropertyDescription(
            "Environment variables of the container. Sluice's own runner takes proxies, AWS_*, TZ,"
                + " OTEL_*, DD_* and APP_*; another tool's image all but PG*, SLUICE_* and the"
                + " JVM's option variables.")
        @Size(max = 64)
        List<PodEnvVar> env)
    implements Serializable {

  public static final PodSettings DEFAULT =
      new PodSettings(
          Map.of(),
          Map.of(),
          null,
          Map.of(),
          List.of(),
          Resources.DEFAULT,
          Map.of(),
          SecurityContext.DEFAULT,
          null,
          null,
          null,
          List.of(),
          null,
          List.of(),
          List.of());

  public PodSettings {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
    tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
    resources = resources == null ? Resources.DEFAULT : resources;
    containerResources = containerResources == null ? Map.of() : Map.copyOf(containerResources);
    securityContext = securityContext == null ? SecurityContext.DEFAULT : securityContext;
    affinity = affinity == null ? null : affinity.deepCopy();
    topologySpreadConstraints =
        topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    env = env == null ? List.of() : List.copyOf(env);
  }

  /** A taint that is tolerated. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Toleration(
      @JsonPropertyDescription("Key of the taint; left out: every taint, with operator Exists.")
          @Size(max = 317)
          @Nullable String key,
      @JsonPropertyDescription("Equal or Exists. Default: Equal.") @Nullable String operator,
      @JsonPropertyDescription("Value of the taint, with Equal.") @Size(max = 63)
          @Nullable String value,
      @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute. Default: every effect.")
          @Nullable String effect,
      @JsonPropertyDescription(
              "With NoExecute: how long the pod stays, in seconds. Default: for ever.")
          @Nullable Long tolerationSeconds)
      implements Serializable {}

  /** Requests and limits. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Resources(
      @JsonPropertyDescription("What the pod is given at least, such as cpu: 100m, memory: 256Mi.")
          Map<String, Quantity> requests,
      @JsonPropertyDescription("What the pod may use at most.") Map<String, Quantity> limits)
      implements Serializable {
    public static final Resources DEFAULT =
        new Resources(
            Map.of("cpu", new Quantity("50m"), "memory", new Quantity("256Mi")),
            Map.of("memory", new Quantity("640Mi")));

    public Resources {
      requests = requests == null ? Map.of() : Map.copyOf(requests);
      limits = limits == null ? Map.of() : Map.copyOf(limits);
    }
  }

  /** When an image is pulled. */
  public enum PullPolicy {
    Always,
    IfNotPresent,
    Never
  }

  /** A Secret with registry credentials. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ImagePullSecret(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name)
      implements Serializable {}
}
