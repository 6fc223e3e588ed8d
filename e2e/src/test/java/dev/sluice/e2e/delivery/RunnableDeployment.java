package dev.sluice.e2e.delivery;

import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** The Deployment of an example or a page, with a program that is here for the one that isn't. */
final class RunnableDeployment {

  private RunnableDeployment() {}

  static String of(String yaml, Site site, boolean gated) {
    var deployment = Serialization.unmarshal(yaml, Deployment.class);
    var pod = deployment.getSpec().getTemplate().getSpec();
    if (!gated) {
      pod.setSchedulingGates(List.of());
    }
    pod.setTerminationGracePeriodSeconds(1L);
    pod.setSecurityContext(
        new PodSecurityContextBuilder()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .build());
    var container = pod.getContainers().getFirst();
    container.setImage(site.imageWithoutRunner());
    container.setImagePullPolicy("IfNotPresent");
    container.setCommand(List.of("sleep", "infinity"));
    container.setSecurityContext(
        new SecurityContextBuilder()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .build());
    return Serialization.asYaml(deployment);
  }
}
