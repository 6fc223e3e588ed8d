package dev.sluice.operator.job;

import dev.sluice.api.PodSettings;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.TreeMap;

/** Requests and limits of a container. */
final class PodResources {
  private PodResources() {}

  static ResourceRequirements of(PodSettings.Resources resources) {
    return new ResourceRequirementsBuilder()
        .withRequests(new TreeMap<>(resources.requests()))
        .withLimits(new TreeMap<>(resources.limits()))
        .build();
  }
}
