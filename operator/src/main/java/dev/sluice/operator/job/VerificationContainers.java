package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import dev.sluice.api.Verify;
import dev.sluice.operator.observation.ContainerRole;
import io.fabric8.kubernetes.api.model.Container;

/**
 * Looks after another tool whether its own history has all of its folder, which is copied out of
 * its image before.
 */
record VerificationContainers(RunOrder order, String image, Verify verify) {
  Container folder() {
    return RestrictedSecurity.container(ContainerRole.FOLDER, image)
        .withCommand("/bin/cp", "-R", verify.changelog() + "/.", Mounts.FOLDER)
        .withVolumeMounts(Mounts.folder(false).mounts())
        .withResources(PodResources.of(LoginContainer.RESOURCES))
        .build();
  }

  Container container() {
    return RunnerLayout.container(ContainerRole.VERIFY, order.runner(), "check")
        .withEnv(RunnerEnvironment.ofVerification(order, verify))
        .withVolumeMounts(mounts().mounts())
        .withResources(PodResources.of(PodSettings.Resources.DEFAULT))
        .build();
  }

  Mounts mounts() {
    return Mounts.ofRunner(order.spec()).and(Mounts.folder(true));
  }
}
