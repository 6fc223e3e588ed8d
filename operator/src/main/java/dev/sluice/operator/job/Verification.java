package dev.sluice.operator.job;

import dev.sluice.api.Verify;
import dev.sluice.operator.decision.End;
import io.fabric8.kubernetes.api.model.Container;

/**
 * Looks after another tool whether its own history has all of its folder, which is copied out of
 * its image before.
 */
record Verification(Errand errand, String image, Verify verify) {
  static final String CONTAINER = "verify";

  Container folder() {
    return Restricted.container(End.FOLDER, image)
        .withCommand("/bin/cp", "-R", verify.changelog() + "/.", Mounts.FOLDER)
        .withVolumeMounts(Mounts.folder(false).mounts())
        .withResources(PodDrawing.resources(Login.RESOURCES))
        .build();
  }

  Container container() {
    return OurRunner.container(CONTAINER, errand.runner(), "check")
        .withEnv(Environment.ofVerification(errand, verify))
        .withVolumeMounts(mounts().mounts())
        .withResources(PodDrawing.resources(dev.sluice.api.Pod.Resources.DEFAULT))
        .build();
  }

  Mounts mounts() {
    return Mounts.ofRunner(errand.spec()).and(Mounts.folder(true));
  }
}
