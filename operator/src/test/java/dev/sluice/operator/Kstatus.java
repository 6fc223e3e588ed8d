package dev.sluice.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/**
 * What Flux, Helm 4 and others make of a custom resource: the algorithm of kstatus ({@code Compute}
 * in sigs.k8s.io/cli-utils v0.37.2, pkg/kstatus/status), which knows nothing of the kind.
 */
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static Kstatus of(JsonNode object) {
    if (!object.at("/metadata/deletionTimestamp").asText("").isEmpty()) {
      return TERMINATING;
    }
    var generation = object.at("/metadata/generation");
    var observed = object.at("/status/observedGeneration");
    if (generation.isNumber()
        && observed.isNumber()
        && generation.longValue() != observed.longValue()) {
      return IN_PROGRESS;
    }
    return conditions(object.at("/status/conditions"));
  }

  /** The first of Reconciling and Stalled that is True decides, then Ready. */
  private static Kstatus conditions(JsonNode conditions) {
    for (var condition : conditions) {
      if (is(condition, "Reconciling", "True")) {
        return IN_PROGRESS;
      }
      if (is(condition, "Stalled", "True")) {
        return FAILED;
      }
    }
    var notReady =
        StreamSupport.stream(conditions.spliterator(), false)
            .filter(c -> !is(c, "Ready", "True"))
            .anyMatch(c -> is(c, "Ready", "False") || is(c, "Ready", "Unknown"));
    return notReady ? IN_PROGRESS : CURRENT;
  }

  private static boolean is(JsonNode condition, String type, String status) {
    return condition.path("type").asText().equals(type)
        && condition.path("status").asText().equals(status);
  }
}
