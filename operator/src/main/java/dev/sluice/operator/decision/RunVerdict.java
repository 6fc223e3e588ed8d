package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.EndCause.Known;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.EndedByKubernetes;
import dev.sluice.operator.observation.RunEnd.Exited;
import dev.sluice.operator.observation.RunEnd.NeverStarted;
import dev.sluice.operator.observation.RunEnd.Unseen;
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

  /** It waited without success, was interrupted, or its end wasn't seen; not counted. */
  record Uncounted(Outcome outcome, Failure failure) implements RunVerdict {}

  static RunVerdict of(RunEnd end) {
    return switch (end) {
      case Exited exited -> exited(exited);
      case EndedByKubernetes(var cause, _, _) when cause == Known.DEADLINE_EXCEEDED ->
          new Uncounted(
              Outcome.Interrupted,
              plain(
                  Reasons.JOB_DEADLINE_EXCEEDED,
                  "the Job's own deadline ended it before it reported",
                  null));
      case EndedByKubernetes(var cause, var detail, _)
          when cause == Known.INJECTED_CONTAINER_FAILED ->
          new Transient(plain(cause.reason(), or(detail, cause.reason()), null));
      case EndedByKubernetes(var cause, var detail, _) ->
          new Transient(
              plain(cause.reason(), "the pod ended: " + or(detail, cause.reason()), null));
      case NeverStarted _ ->
          new Uncounted(
              Outcome.Cancelled,
              plain(Reasons.CANCELLED, "its pod was deleted before its container started", null));
      case Unseen _ ->
          new Uncounted(
              Outcome.Lost,
              plain(Reasons.LOST, "its end was not seen: the Job or its pod vanished", null));
    };
  }

  private static RunVerdict exited(Exited end) {
    return switch (end.code()) {
      case 0 -> new Success();
      case 10 -> new Transient(failure(end, Reasons.RUN_FAILED));
      case 11 ->
          stoppedByEviction(end)
              ? other(end)
              : new Uncounted(Outcome.Interrupted, failure(end, Reasons.INTERRUPTED));
      case 20 -> new Permanent(failure(end, Reasons.RUN_FAILED));
      case 30 -> refused(end);
      case 40 -> new Permanent(failure(end, Reasons.CONFIGURATION_INVALID));
      default -> other(end);
    };
  }

  /** All that it reported is that it was stopped, whether it was killed meanwhile or not. */
  private static boolean stoppedByEviction(Exited end) {
    return end.cause() == Known.EVICTED && end.report().interrupted();
  }

  private static RunVerdict refused(Exited end) {
    var failure = failure(end, Reasons.REFUSED);
    var plan = end.report().plan();
    return plan != null && end.report().asksForApproval()
        ? new Planned(plan, failure)
        : new Permanent(failure);
  }

  private static RunVerdict other(Exited end) {
    var passing = end.cause() == Known.OOM_KILLED || end.cause() == Known.EVICTED;
    if (end.container() == ContainerRole.FOLDER && !passing) {
      return new Permanent(
          plain(
              Reasons.CONFIGURATION_INVALID,
              "spec.verify.changelog can't be copied from the image: "
                  + or(end.detail(), "cp ended with exit code " + end.code()),
              "name a folder of spec.image, which needs /bin/cp"));
    }
    if (end.code() == 128 && end.cause() instanceof Known known && known.neverStarted()) {
      return new Permanent(
          plain(
              Reasons.NOT_A_MIGRATIONS_IMAGE,
              "the image does not contain the Sluice runner: "
                  + or(end.detail(), "its program is missing"),
              "build the image FROM the Sluice runner, with the changelog in /migrations"));
    }
    var reported = end.report().failure();
    if (reported != null && !stoppedByEviction(end)) {
      return new Transient(reported);
    }
    return switch (end.cause()) {
      case Known.WRONG_ARCHITECTURE ->
          new Permanent(
              plain(
                  Reasons.WRONG_ARCHITECTURE,
                  "the node can't execute the program of "
                      + end.container().inSentence()
                      + ": "
                      + or(end.detail(), "exec format error"),
                  "build the image for the node's architecture too, or choose nodes by"
                      + " spec.pod.nodeSelector: kubernetes.io/arch"));
      case Known.NOT_BEGUN ->
          new Transient(
              plain(
                  Reasons.RUN_FAILED,
                  end.container().inSentence()
                      + " ended with exit code "
                      + end.code()
                      + " before its program had begun; its log says why: `exec format error` is an"
                      + " image that was built for another architecture than the node's",
                  null));
      case Known.COMMAND_NOT_FOUND ->
          new Permanent(
              plain(
                  Reasons.COMMAND_NOT_FOUND,
                  "the image can't run spec.command: " + or(end.detail(), "its program is missing"),
                  "give the program's path in that image"));
      case Known.OOM_KILLED ->
          new Transient(
              plain(
                  Reasons.OOM_KILLED,
                  end.container().inSentence() + " used more memory than its limit",
                  end.container() == ContainerRole.MIGRATE
                      ? "raise spec.pod.resources.limits.memory"
                      : null));
      case Known.EVICTED ->
          new Transient(
              plain(
                  Reasons.EVICTED,
                  "the pod was evicted: " + or(end.detail(), "no reason given"),
                  null));
      case Known.DEADLINE_EXCEEDED,
          Known.INJECTED_CONTAINER_FAILED,
          Known.START_ERROR,
          Known.CONTAINER_CANNOT_RUN ->
          withoutReport(end);
      case EndCause.Other _ -> withoutReport(end);
      case null -> withoutReport(end);
    };
  }

  private static RunVerdict withoutReport(Exited end) {
    return new Transient(
        plain(
            Reasons.RUN_FAILED,
            end.container().inSentence()
                + " ended with exit code "
                + end.code()
                + ", without a report",
            null));
  }

  private static Failure failure(Exited end, String reason) {
    var reported = end.report().failure();
    return reported != null
        ? reported
        : plain(
            reason,
            end.container().inSentence()
                + " ended with exit code "
                + end.code()
                + ", without a report; its log says more",
            null);
  }

  private static Failure plain(String reason, String message, @Nullable String hint) {
    return new Failure(reason, null, null, null, message, hint);
  }

  private static String or(@Nullable String detail, String otherwise) {
    return detail == null || detail.isBlank() ? otherwise : detail;
  }
}
