package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a pod's security context may be chosen, within the restricted pod security standard. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecurityContext(
    @JsonPropertyDescription(
            "None: runAsUser, runAsGroup and fsGroup are left to the cluster, as OpenShift's"
                + " restricted SCC wants it. It must set an fsGroup, or the pod can't read its"
                + " Secrets. Fixed: they are 65532 unless they are given. Default: Fixed.")
        Ids ids,
    @JsonPropertyDescription("User of the containers, not 0. Default: 65532.")
        @Min(1)
        @Max(2147483647)
        @Nullable Long runAsUser,
    @JsonPropertyDescription("Group of the containers. Default: 65532.") @Min(0) @Max(2147483647)
        @Nullable Long runAsGroup,
    @JsonPropertyDescription("Group of the mounted volumes. Default: 65532.")
        @Min(0)
        @Max(2147483647)
        @Nullable Long fsGroup,
    @JsonPropertyDescription("Further groups of the containers.")
        @Size(max = 32)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Long> supplementalGroups,
    @JsonPropertyDescription("SELinux label. Default: the runtime's.")
        @Nullable SeLinux seLinuxOptions,
    @JsonPropertyDescription("Seccomp profile. Default: RuntimeDefault.")
        @Nullable Profile seccompProfile,
    @JsonPropertyDescription(
            "AppArmor profile, from Kubernetes 1.30 on. The kubelet refuses a pod that names one on"
                + " a node without AppArmor. Default: none is named, which is the runtime's default"
                + " profile where the node has AppArmor.")
        @Nullable Profile appArmorProfile)
    implements Serializable {
  public static final SecurityContext DEFAULT =
      new SecurityContext(Ids.Fixed, null, null, null, List.of(), null, null, null);

  public SecurityContext {
    ids = ids == null ? Ids.Fixed : ids;
    supplementalGroups = supplementalGroups == null ? List.of() : List.copyOf(supplementalGroups);
  }

  /** Who chooses the numbers of user and groups. */
  public enum Ids {
    Fixed,
    None
  }

  /** A SELinux label. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SeLinux(
      @JsonPropertyDescription("Level, such as s0:c123,c456.") @Size(max = 253)
          @Nullable String level,
      @JsonPropertyDescription(
              "container_t, container_init_t, container_kvm_t or container_engine_t.")
          @Nullable String type)
      implements Serializable {}

  /** A seccomp or AppArmor profile. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Profile(
      @JsonPropertyDescription("RuntimeDefault or Localhost.") @Required String type,
      @JsonPropertyDescription("With Localhost: its name on the node.") @Size(min = 1, max = 253)
          @Nullable String localhostProfile)
      implements Serializable {}
}
