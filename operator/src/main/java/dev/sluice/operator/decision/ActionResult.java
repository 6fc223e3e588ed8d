package dev.sluice.operator.decision;

import dev.sluice.operator.observation.Obstacle;

/** What acting on a decision came to. */
public sealed interface ActionResult {
  /** All is as decided; a started run is in {@code observation}'s runs only next time. */
  record Done() implements ActionResult {}

  /** The run's Job exists now. */
  record Started(String job, String jobUid) implements ActionResult {}

  /** Nothing was done yet: the status turns to what is decided first. */
  record Announced() implements ActionResult {}

  /** The object itself was written (its finalizer); the event of that goes on. */
  record Touched() implements ActionResult {}

  /** The API server refused a write. */
  record Refused(Obstacle obstacle) implements ActionResult {}
}
