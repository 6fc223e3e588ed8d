package dev.sluice.operator.observation;

import dev.sluice.api.Reasons;
import java.util.Arrays;

/** Why Kubernetes says that a container or a pod ended. */
public sealed interface EndCause {
  /** Kubernetes' word for it. */
  String reason();

  static EndCause of(String reason) {
    return Arrays.stream(Known.values())
        .filter(known -> known.reason.equals(reason))
        .<EndCause>map(known -> known)
        .findFirst()
        .orElseGet(() -> new Other(reason));
  }

  /** A cause that decides something. */
  enum Known implements EndCause {
    OOM_KILLED(Reasons.OOM_KILLED),
    EVICTED(Reasons.EVICTED),
    DEADLINE_EXCEEDED("DeadlineExceeded"),
    /** It isn't Sluice's, and none of the run's started. */
    INJECTED_CONTAINER_FAILED(Reasons.INJECTED_CONTAINER_FAILED),
    START_ERROR("StartError"),
    CONTAINER_CANNOT_RUN("ContainerCannotRun"),
    /** Its program is for another processor than the node's. */
    WRONG_ARCHITECTURE(Reasons.WRONG_ARCHITECTURE),
    /** Our runner's program ended before it had begun. */
    NOT_BEGUN("NotBegun"),
    /** The container of another tool's image never started. */
    COMMAND_NOT_FOUND(Reasons.COMMAND_NOT_FOUND);

    private final String reason;

    Known(String reason) {
      this.reason = reason;
    }

    @Override
    public String reason() {
      return reason;
    }

    /** The image does not have the program. */
    public boolean neverStarted() {
      return this == START_ERROR || this == CONTAINER_CANNOT_RUN;
    }
  }

  /** Any other, such as Error or NodeLost. */
  record Other(String reason) implements EndCause {}
}
