package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import dev.sluice.api.Verify;
import dev.sluice.operator.observation.RunEnd;
import io.fabric8.kubernetes.api.model.Container;

/**
 * Looks after another tool whether its own history has all of its folder, which is copied out of
 * its image before.
 */
record VerificationContainers(RunOrder errand, String image, Verify verify) {
  static final String CONTAINER = "verify";

  Container folder() {
    return RestrictedSecurity.container(RunEnd.FOLDER, image)
        .withCommand("/bin/cp", "-R", verify.changelog() + "/.", Mounts.FOLDER)
        .withVolumeMounts(Mounts.folder(false).mounts())
        .withResources(RunPod.resources(LoginContainer.RESOURCES))
        .build();
  }

  Container container() {
    return RunnerLayout.container(CONTAINER, errand.runner(), "check")
        .withEnv(RunnerEnvironment.ofVerification(errand, verify))
        .withVolumeMounts(mounts().mounts())
        .withResources(RunPod.resources(PodSettings.Resources.DEFAULT))
        .build();
  }

  Mounts mounts() {
    return Mounts.ofRunner(errand.spec()).and(Mounts.folder(true));
  }
}
