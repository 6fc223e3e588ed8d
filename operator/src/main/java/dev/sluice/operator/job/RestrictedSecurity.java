package dev.sluice.operator.job;

import dev.sluice.api.SecurityContext;
import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.jspecify.annotations.Nullable;

/** What the restricted pod security standard asks for, and a bit more. */
final class RestrictedSecurity {
  private static final long USER = 65532;

  private RestrictedSecurity() {}

  static PodSecurityContext pod(SecurityContext asked) {
    var fixed = asked.ids() == SecurityContext.Ids.Fixed;
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(fixed ? or(asked.runAsUser()) : null)
        .withRunAsGroup(fixed ? or(asked.runAsGroup()) : null)
        .withFsGroup(fixed ? or(asked.fsGroup()) : null)
        .withSupplementalGroups(asked.supplementalGroups())
        .withSeLinuxOptions(label(asked.seLinuxOptions()))
        .withSeccompProfile(seccomp(asked.seccompProfile()))
        .withAppArmorProfile(appArmor(asked.appArmorProfile()))
        .build();
  }

  private static Long or(@Nullable Long id) {
    return id == null ? Long.valueOf(USER) : id;
  }

  private static @Nullable SELinuxOptions label(SecurityContext.@Nullable SeLinux asked) {
    return asked == null ? null : new SELinuxOptions(asked.level(), null, asked.type(), null);
  }

  private static SeccompProfile seccomp(SecurityContext.@Nullable Profile asked) {
    return asked == null
        ? new SeccompProfile(null, "RuntimeDefault")
        : new SeccompProfile(asked.localhostProfile(), asked.type());
  }

  /**
   * Naming RuntimeDefault changes nothing on a node with AppArmor, where it is the default, and
   * bars the pod from every node without.
   */
  private static @Nullable AppArmorProfile appArmor(SecurityContext.@Nullable Profile asked) {
    return asked == null ? null : new AppArmorProfile(asked.localhostProfile(), asked.type());
  }

  static ContainerBuilder container(ContainerRole role, String image) {
    return new ContainerBuilder()
        .withName(role.container())
        .withImage(image)
        .withSecurityContext(security())
        .withTerminationMessagePath("/dev/termination-log")
        // with FallbackToLogsOnError the log's end would come for the report
        .withTerminationMessagePolicy("File");
  }

  private static io.fabric8.kubernetes.api.model.SecurityContext security() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }
}
