package dev.sluice.operator.controller;

import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.SafeText;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server says of a write that failed. */
public final class ServerWords {
  private ServerWords() {}

  /** {@code what} failed, as in "the Job is refused". */
  static Obstacle obstacle(String what, KubernetesClientException e) {
    return new Obstacle(Obstacle.Kind.JOB_REJECTED, what + ": " + of(e));
  }

  /** In one line, bounded. */
  public static String of(KubernetesClientException e) {
    var status = e.getStatus();
    if (status != null && status.getMessage() != null && !status.getMessage().isBlank()) {
      return SafeText.clean(status.getMessage(), 800);
    }
    if (e.getCode() > 0) {
      return "HTTP " + e.getCode();
    }
    var cause = e.getCause();
    return SafeText.clean(
        "no answer of the API server"
            + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
        800);
  }
}
