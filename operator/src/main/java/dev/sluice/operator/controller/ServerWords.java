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

  /** Of a Job that was to be made. */
  static Obstacle jobObstacle(String what, KubernetesClientException e) {
    return isInvalid(e)
        ? new Obstacle(Obstacle.Kind.JOB_INVALID, what + ": " + of(e))
        : obstacle(what, e);
  }

  /**
   * The API server's own validation names fields, and its decoder answers 400; a policy, which may
   * change, does neither, and a webhook names itself.
   */
  private static boolean isInvalid(KubernetesClientException e) {
    var status = e.getStatus();
    if (status == null || status.getMessage() == null) {
      return false;
    }
    var causes = status.getDetails() == null ? null : status.getDetails().getCauses();
    return switch (e.getCode()) {
      case 422 ->
          causes != null
              && !causes.isEmpty()
              && causes.stream().allMatch(c -> c.getField() != null && !c.getField().isBlank());
      case 400 ->
          "BadRequest".equals(status.getReason())
              && !status.getMessage().startsWith("admission webhook");
      default -> false;
    };
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
