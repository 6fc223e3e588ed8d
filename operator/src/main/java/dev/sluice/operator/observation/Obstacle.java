package dev.sluice.operator.observation;

import dev.sluice.api.Reasons;

/** What keeps a run from starting. */
public record Obstacle(Kind kind, String message) {
  public String reason() {
    return kind.reason;
  }

  /** Only a new spec helps. */
  public boolean hopeless() {
    return kind == Kind.INVALID_IMAGE_NAME || kind == Kind.JOB_INVALID;
  }

  /** A container has written a log that says more. */
  public boolean hasLog() {
    return kind == Kind.CRASH_LOOP || kind == Kind.INJECTED_CONTAINER;
  }

  /** The kinds, each with the reason that users read. */
  public enum Kind {
    WAITING_FOR_SECRET(Reasons.WAITING_FOR_SECRET),
    WAITING_FOR_CONFIG_MAP(Reasons.WAITING_FOR_CONFIG_MAP),
    MOUNT_FAILED(Reasons.MOUNT_FAILED),
    IMAGE_PULL_FAILED(Reasons.IMAGE_PULL_FAILED),
    INVALID_IMAGE_NAME(Reasons.INVALID_IMAGE_NAME),
    UNSCHEDULABLE(Reasons.UNSCHEDULABLE),
    SCHEDULING_GATED(Reasons.SCHEDULING_GATED),
    CONTAINER_CREATE_FAILED(Reasons.CONTAINER_CREATE_FAILED),
    /** It starts, and ends right away, again and again. */
    CRASH_LOOP(Reasons.CONTAINER_CREATE_FAILED),
    /** It works, before the run's containers. */
    INJECTED_CONTAINER(Reasons.WAITING_FOR_INJECTED_CONTAINER),
    JOB_SUSPENDED(Reasons.JOB_SUSPENDED),
    POD_REJECTED(Reasons.POD_REJECTED),
    JOB_REJECTED(Reasons.JOB_REJECTED),
    JOB_INVALID(Reasons.JOB_INVALID),
    JOB_NAME_TAKEN(Reasons.JOB_NAME_TAKEN);

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }
  }
}
