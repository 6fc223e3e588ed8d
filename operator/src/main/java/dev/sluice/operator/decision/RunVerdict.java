package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.RunEnd;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the end of a run means; the exit code outranks the report. */
sealed interface RunVerdict {
  /** The database has the revision. */
  record Success() implements RunVerdict {}

  /** It will fail again until something is changed. */
  record Permanent(Failure failure) implements RunVerdict {}

  /** It changed nothing: a person has to say yes to the plan. */
  record Planned(Plan plan, Failure failure) implements RunVerdict {}

  /** It may pass by itself; counted. */
  record Transient(Failure failure) implements RunVerdict {}

  /** It waited in vain, was interrupted, or its end wasn't seen; not counted. */
  record Uncounted(Outcome outcome, Failure failure) implements RunVerdict {}

  Set<String> PASSING = Set.of(Reasons.OOM_KILLED, Reasons.EVICTED);

  static RunVerdict of(RunEnd end) {
    var exit = end.exit();
    if (exit == null) {
      return unseen(end);
    }
    return switch (exit) {
      case 0 -> new Success();
      case 10 -> new Transient(failure(end, Reasons.RUN_FAILED));
      case 11 ->
          stoppedByEviction(end)
              ? other(end, exit)
              : new Uncounted(Outcome.Interrupted, failure(end, Reasons.INTERRUPTED));
      case 20 -> new Permanent(failure(end, Reasons.RUN_FAILED));
      case 30 -> refused(end);
      case 40 -> new Permanent(failure(end, Reasons.CONFIGURATION_INVALID));
      default -> other(end, exit);
    };
  }

  /** Its own word is only that it was stopped, whether it was killed meanwhile or not. */
  private static boolean stoppedByEviction(RunEnd end) {
    var told = end.report().failure();
    return Reasons.EVICTED.equals(end.cause())
        && told != null
        && Reasons.INTERRUPTED.equals(told.reason());
  }

  private static RunVerdict refused(RunEnd end) {
    var failure = failure(end, Reasons.REFUSED);
    var plan = end.report().plan();
    return plan != null && failure.reason().equals(Reasons.APPROVAL_REQUIRED)
        ? new Planned(plan, failure)
        : new Permanent(failure);
  }

  private static RunVerdict unseen(RunEnd end) {
    var cause = end.cause();
    if (cause == null) {
      return new Uncounted(
          Outcome.Lost,
          plain(Reasons.LOST, "its end was not seen: the Job or its pod vanished", null));
    }
    if (cause.equals("DeadlineExceeded")) {
      return new Uncounted(
          Outcome.Interrupted,
          plain(
              Reasons.JOB_DEADLINE_EXCEEDED,
              "the Job's own deadline ended it before it reported",
              null));
    }
    return new Transient(plain(cause, "the pod ended: " + detail(end, cause), null));
  }

  private static RunVerdict other(RunEnd end, int exit) {
    var cause = end.cause();
    if (RunEnd.FOLDER.equals(end.container()) && !PASSING.contains(String.valueOf(cause))) {
      return new Permanent(
          plain(
              Reasons.CONFIGURATION_INVALID,
              "spec.verify.changelog can't be copied from the image: "
                  + detail(end, "cp ended with exit code " + exit),
              "name a folder of spec.image, which needs /bin/cp"));
    }
    if (exit == 128 && ("StartError".equals(cause) || "ContainerCannotRun".equals(cause))) {
      return new Permanent(
          plain(
              Reasons.NOT_A_MIGRATIONS_IMAGE,
              "the image lacks the runner: " + detail(end, "its program isn't there"),
              "build the image FROM the Sluice runner, with the changelog in /migrations"));
    }
    var told = end.report().failure();
    if (told != null && !stoppedByEviction(end)) {
      return new Transient(told);
    }
    return switch (cause) {
      case Reasons.COMMAND_NOT_FOUND ->
          new Permanent(
              plain(
                  Reasons.COMMAND_NOT_FOUND,
                  "the image can't run spec.command: " + detail(end, "its program isn't there"),
                  "give the program's path in that image"));
      case Reasons.OOM_KILLED ->
          new Transient(
              plain(
                  Reasons.OOM_KILLED,
                  end.who() + " used more memory than its limit",
                  end.container() == null ? "raise spec.pod.resources.limits.memory" : null));
      case Reasons.EVICTED ->
          new Transient(
              plain(
                  Reasons.EVICTED, "the pod was evicted: " + detail(end, "no reason given"), null));
      case null, default ->
          new Transient(
              plain(
                  Reasons.RUN_FAILED,
                  end.who() + " ended with exit code " + exit + ", without a report",
                  null));
    };
  }

  private static Failure failure(RunEnd end, String reason) {
    var reported = end.report().failure();
    return reported != null
        ? reported
        : plain(
            reason,
            end.who()
                + " ended with exit code "
                + end.exit()
                + ", without a report; its log says more",
            null);
  }

  private static Failure plain(String reason, String message, @Nullable String hint) {
    return new Failure(reason, null, null, null, message, hint);
  }

  private static String detail(RunEnd end, String otherwise) {
    return end.detail() == null || end.detail().isBlank() ? otherwise : end.detail();
  }
}
