package dev.sluice.operator.decision;

import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.Obstacle;

/** Whether a migration is ready, why, and whether a change to that is worth an event. */
record Readiness(State state, String reason, String message, Event event) {
  static Readiness working(String reason, String message) {
    return new Readiness(State.WORKING, reason, message, Event.CHANGE);
  }

  /** Not worth an event: it passes by itself, or has one of its own. */
  static Readiness passing(String reason, String message) {
    return new Readiness(State.WORKING, reason, message, Event.NONE);
  }

  static Readiness stalled(String reason, String message) {
    return new Readiness(State.STALLED, reason, message, Event.CHANGE);
  }

  /** The API server refuses a write that it needs. */
  Readiness refused(Obstacle obstacle) {
    if (state == State.WORKING) {
      return obstacle.hopeless()
          ? stalled(obstacle.reason(), obstacle.message())
          : working(obstacle.reason(), obstacle.message());
    }
    return new Readiness(state, reason, message + "; " + obstacle.message(), event);
  }

  /** While nothing is in its way, it says what it is for. */
  Readiness verifying() {
    return state == State.WORKING && event == Event.NONE
        ? working(Reasons.VERIFYING, "the database is asked what it has: " + message)
        : this;
  }

  /** Which conditions are True. */
  enum State {
    READY,
    WORKING,
    STALLED,
    SUSPENDED
  }

  /** What is reported when it changes. */
  enum Event {
    NONE,
    CHANGE,
    /** The revision was asked for with another content. */
    SAME_REVISION
  }
}
