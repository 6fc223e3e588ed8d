package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.function.Function;

/**
 * What a stop has cancelled isn't a failure of its own: the only place where the deadline or a
 * signal becomes the failure that is reported.
 */
final class StopFailures {
  private StopFailures() {}

  /** What was waited for, or the report's words for why it isn't there. */
  static <T, R> R fold(Attempt<T> attempt, Function<T, R> got, Function<Failure, R> failed) {
    return attempt.fold(
        got,
        trouble -> failed.apply(DatabaseFailures.of(trouble)),
        (cause, trouble) -> failed.apply(whileWaiting(cause, trouble)));
  }

  private static Failure whileWaiting(Stop.Cause cause, DatabaseProblem waitedFor) {
    return switch (cause) {
      case SIGNAL -> interrupted("while waiting: " + waitedFor.message());
      case DEADLINE -> DatabaseFailures.of(waitedFor).exit(Exit.WAITED);
    };
  }

  /** What the runner did for itself fails by a cancel only as something that may pass. */
  static Failure whileLooking(Stop stop, Failure failure, String during) {
    return stop.cause()
        .filter(_ -> failure.exit() == Exit.TRANSIENT)
        .map(cause -> of(cause, during))
        .orElse(failure);
  }

  /** A changeset may make any failure of a cancel. */
  static Failure whileApplying(Stop.Cause cause, Failure failure) {
    var during =
        failure.changeSet() == null
            ? "between two changesets"
            : "while a changeset ran; it was cancelled: " + failure.changeSet();
    var stopped = of(cause, during).in(failure.changeSet(), failure.file());
    return failure.hint() == null ? stopped : stopped.hint(failure.hint());
  }

  private static Failure of(Stop.Cause cause, String during) {
    return switch (cause) {
      case SIGNAL -> interrupted(during);
      case DEADLINE ->
          Failure.of(Reason.DEADLINE_EXCEEDED, "the deadline of this run came " + during)
              .hint("give run.deadline more time, or split the changeset");
    };
  }

  private static Failure interrupted(String during) {
    return Failure.of(Reason.INTERRUPTED, "SIGTERM " + during);
  }
}
