package dev.sluice.operator.job;

import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** What the restricted pod security standard asks for, and a bit more. */
final class RestrictedSecurity {
  private static final long USER = 65532;

  private RestrictedSecurity() {}

  static PodSecurityContext pod() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
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

  private static SecurityContext security() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }
}
