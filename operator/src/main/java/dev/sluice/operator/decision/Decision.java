package dev.sluice.operator.decision;

import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do now. */
public sealed interface Decision {
  /** Tell that the spec can't be read. */
  record Unreadable(String problem) implements Decision {}

  /**
   * Nothing: the database has it.
   *
   * @param otherContent under this revision something else came
   * @param recheckAt when to look again whether it still has it; null: never, or a run looks now
   */
  record Applied(boolean otherContent, @Nullable Instant recheckAt) implements Decision {
    public Applied(boolean otherContent) {
      this(otherContent, null);
    }
  }

  /** Nothing, as asked. */
  record Suspended() implements Decision {}

  /** Start a run. */
  record Start(NextRun run) implements Decision, Beginning {}

  /** Start a run that only looks whether the database still has it; Ready stays True. */
  record Recheck(NextRun run) implements Decision, Beginning {}

  /** A decision with which a run begins. */
  sealed interface Beginning {
    NextRun run();
  }

  /** Leave the run in flight alone. */
  record Await(ObservedRun run, Wait why) implements Decision {}

  /** Take back a run. */
  record Cancel(ObservedRun run, Cancellation why) implements Decision {}

  /** Wait until the next run may start. */
  record Pause(Instant until, String reason, String message) implements Decision {}

  /** Wait for a person's approval; the deadline doesn't count meanwhile. */
  record Ask(ApprovalRequest request) implements Decision {}

  /** Tell that a person must act. */
  record Stall(String reason, String message) implements Decision {}

  /** Let the deleted object go. */
  record Release() implements Decision {}

  /**
   * A run to be started.
   *
   * @param left of the deadline
   * @param required revisions of which it reports whether the database has them
   */
  record NextRun(
      long number,
      int attempt,
      long generation,
      Input input,
      Duration left,
      List<String> required) {
    public NextRun {
      required = List.copyOf(required);
    }
  }
}
