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

  /** Changeset or file and the place in it, the message, the SQLSTATE, the hint. */
  static String of(Failure failure) {
    var text = new StringBuilder();
    if (failure.changeSet() != null) {
      text.append("changeset ").append(failure.changeSet()).append(place(failure)).append(": ");
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

  /** Empty when neither line nor statement is known. */
  private static String place(Failure failure) {
    if (failure.file() == null || (failure.line() == null && failure.statement() == null)) {
      return "";
    }
    var line = failure.line() == null ? "" : ":" + failure.line();
    var statement = failure.statement() == null ? "" : ", statement " + failure.statement();
    return " at " + failure.file() + line + statement;
  }

  static String withReason(Failure failure) {
    return failure.reason() + ": " + of(failure);
  }
}
