package dev.sluice.operator.decision;

import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Reasons;

/** A failure in one sentence. */
final class FailureMessage {
  private FailureMessage() {}

  static Failure failure(LastRun run) {
    return run.failure() != null
        ? run.failure()
        : new Failure(Reasons.RUN_FAILED, null, null, null, "the run reported no reason", null);
  }

  /** Changeset or file, the message, the SQLSTATE, the hint. */
  static String of(Failure failure) {
    var text = new StringBuilder();
    if (failure.changeSet() != null) {
      text.append("changeset ").append(failure.changeSet()).append(": ");
    } else if (failure.file() != null) {
      text.append(failure.file()).append(": ");
    }
    text.append(failure.message() == null ? "the run reported no message" : failure.message());
    if (failure.sqlState() != null) {
      text.append(" (SQLSTATE ").append(failure.sqlState()).append(')');
    }
    if (failure.hint() != null) {
      text.append("; ").append(failure.hint());
    }
    return text.toString();
  }

  static String withReason(Failure failure) {
    return failure.reason() + ": " + of(failure);
  }
}
