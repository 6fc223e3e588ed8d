package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.Cancelling;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.Obstacle;

/** Why a run is taken back. */
public sealed interface Cancellation {
  Outcome outcome();

  Failure failure();

  /** As it is stored while the run's end is read. */
  default Cancelling stored() {
    var failure = failure();
    return new Cancelling(outcome(), failure.reason(), FailureMessage.of(failure));
  }

  private static Failure failure(String reason, String message) {
    return new Failure(reason, null, null, null, message, null);
  }

  private static Failure failure(Obstacle obstacle) {
    return failure(obstacle.reason(), obstacle.message());
  }

  /** Nobody needs the run any more, and nothing is wrong. */
  sealed interface Expected extends Cancellation {
    @Override
    default Outcome outcome() {
      return Outcome.Cancelled;
    }
  }

  /** The spec changed before its container started. */
  record SpecChanged() implements Expected {
    @Override
    public Failure failure() {
      return Cancellation.failure(
          Reasons.CANCELLED, "the spec changed before its container started");
    }
  }

  /** A recheck's container hadn't started when sluice.dev/retry asked for a run. */
  record RetryAsked() implements Expected {
    @Override
    public Failure failure() {
      return Cancellation.failure(
          Reasons.CANCELLED,
          "sluice.dev/retry asked for a run before this recheck's container started");
    }
  }

  /** The object was deleted before its container started. */
  record ObjectDeleted() implements Expected {
    @Override
    public Failure failure() {
      return Cancellation.failure(
          Reasons.CANCELLED, "the object was deleted before its container started");
    }
  }

  /** Its container didn't start before the deadline, for no known cause. */
  record NotStartedInTime() implements Expected {
    @Override
    public Failure failure() {
      return Cancellation.failure(
          Reasons.CANCELLED, "its container didn't start before the deadline");
    }
  }

  /** Something kept its container from starting until the deadline. */
  record BlockedUntilDeadline(Obstacle obstacle) implements Cancellation {
    @Override
    public Outcome outcome() {
      return Outcome.Cancelled;
    }

    @Override
    public Failure failure() {
      return Cancellation.failure(obstacle);
    }
  }

  /** Its container can never start. */
  record NeverStarts(Obstacle obstacle) implements Cancellation {
    @Override
    public Outcome outcome() {
      return Outcome.Failed;
    }

    @Override
    public Failure failure() {
      return Cancellation.failure(obstacle);
    }
  }

  /** The object was deleted, and spec.deletionPolicy is Abort. */
  record Aborted() implements Cancellation {
    @Override
    public Outcome outcome() {
      return Outcome.Interrupted;
    }

    @Override
    public Failure failure() {
      return Cancellation.failure(
          Reasons.ABORTED, "the object was deleted, and spec.deletionPolicy says to abort");
    }
  }
}
