package dev.sluice.operator.decision;

import dev.sluice.api.ApprovalMode;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.Cancelling;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.GoDuration;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Enters the end of a run into a status. */
record RunEntry(Observation seen, StatusDraft draft) {
  void enter(ObservedRun run, RunEnd end) {
    var recheck = Rechecks.isOne(draft.verifyAfterRun, draft.appliedRevisions, run);
    answered(run, end);
    if (recheck && Rechecks.isQuiet(end)) {
      if (RunVerdict.of(end) instanceof RunVerdict.Success) {
        draft.ahead = end.report().ahead();
      }
      draft.rechecked(seen.now());
      return;
    }
    if (recheck && current(run)) {
      draft.startedAt = seen.now();
      draft.attempt = 0;
    }
    entered(run, end);
    if (recheck && draft.lastRun != null && draft.lastRun.outcome() != Outcome.Succeeded) {
      draft.verifyAfterRun = run.number();
    }
  }

  private void entered(ObservedRun run, RunEnd end) {
    switch (RunVerdict.of(end)) {
      case RunVerdict.Success _ when isUnapproved(run, end) -> {
        enter(run, end, Outcome.Failed, unapproved(end));
        count(run);
      }
      case RunVerdict.Success _ -> {
        enter(run, end, Outcome.Succeeded, null);
        succeeded(run, end);
      }
      case RunVerdict.Permanent(var failure) -> {
        enter(run, end, Outcome.Failed, failure);
        count(run);
      }
      case RunVerdict.Planned(var plan, var failure) -> planned(run, end, plan, failure);
      case RunVerdict.Transient(var failure) -> {
        enter(run, end, Outcome.Failed, failure);
        count(run);
        if (seen.desired().reading() instanceof Understood asked && current(run)) {
          pause(
              RetryBackoff.after(
                  draft.attempts(), asked.spec().run().backoff(), seen.desired().uid()));
        }
      }
      case RunVerdict.Uncounted(var outcome, var failure) -> {
        enter(run, end, outcome, failure);
        if (current(run)) {
          pause(Timings.UNCOUNTED_RUN);
        }
      }
    }
  }

  /** Of a run that this operator took back. */
  void enter(ObservedRun run, RunEnd end, Cancelling why) {
    var aborted = why.outcome() == Outcome.Interrupted;
    var verdict = RunVerdict.of(end);
    if (end instanceof RunEnd.NeverStarted
        || (aborted && !(verdict instanceof RunVerdict.Success))) {
      var failure = new Failure(why.reason(), null, null, null, why.message(), null);
      enter(run, end, why.outcome(), failure);
      if (why.outcome() == Outcome.Failed) {
        count(run);
      }
    } else {
      enter(run, end);
    }
  }

  /** What the database has of the revisions that the run was asked to look for. */
  private void answered(ObservedRun run, RunEnd end) {
    var answers = end.report().required();
    if (answers.size() != run.required().size()) {
      return;
    }
    var finished = end.finishedAt() == null ? seen.now() : end.finishedAt();
    var target = run.input().target();
    for (var n = 0; n < answers.size(); n++) {
      var revision = run.required().get(n);
      if (answers.get(n)) {
        draft.appliedEarlier(new AppliedRevision(revision, target, finished, null));
      } else {
        draft.refuted(revision, target);
      }
    }
  }

  /** It says itself that it applied something, and nobody had said yes to a plan. */
  private boolean isUnapproved(ObservedRun run, RunEnd end) {
    var applied = end.report().applied();
    var plan = draft.plan;
    var approved = run.approved() != null && (plan == null || plan.digest().equals(run.approved()));
    return applied != null && applied > 0 && current(run) && isManual() && !approved;
  }

  private static Failure unapproved(RunEnd end) {
    return new Failure(
        Reasons.NOT_APPROVED,
        null,
        null,
        null,
        "spec.approval is Manual, and the run reports that it applied %s changesets without an approved plan"
            .formatted(end.report().applied()),
        "see what the image does: it isn't our runner, or doesn't wait for approval");
  }

  private boolean isManual() {
    return seen.desired().reading() instanceof Understood(var spec, _)
        && spec.approval() == ApprovalMode.Manual;
  }

  /** One that was approved already, and comes again, isn't asked for again immediately. */
  private void planned(ObservedRun run, RunEnd end, Plan plan, Failure failure) {
    var manual = isManual();
    enter(run, end, manual || !current(run) ? Outcome.Planned : Outcome.Failed, failure);
    if (!manual) {
      count(run);
    } else if (current(run)) {
      var before = draft.plan;
      var same = before != null && before.digest().equals(plan.digest());
      draft.plan = same ? before : plan;
      draft.nextAttemptAt = null;
      if (before != null && same && before.approvedAt() != null) {
        pause(Timings.UNCOUNTED_RUN);
      }
    }
  }

  private void enter(ObservedRun run, RunEnd end, Outcome outcome, @Nullable Failure failure) {
    draft.cancelling(null);
    var finished = end.finishedAt() == null ? seen.now() : end.finishedAt();
    var report = end.report();
    draft.lastRun =
        new LastRun(
            run.input().revision(),
            run.generation(),
            run.input().key(),
            run.job(),
            end.image(),
            outcome,
            end.startedAt(),
            finished,
            duration(end.startedAt(), finished),
            report.appliedChangeSets(),
            // another tool may write a report too; it rehearses nothing
            seen.desired().ofAnotherTool() ? null : report.rehearsal(),
            failure);
    draft.history.addFirst(
        new PastRun(run.input().revision(), outcome, report.applied(), finished));
    if (report.pending() != null && outcome != Outcome.Succeeded) {
      draft.pending = report.pending();
      draft.applied =
          report.total() == null
              ? draft.applied
              : Integer.valueOf(Math.max(0, report.total() - report.pending()));
    }
  }

  private void succeeded(ObservedRun run, RunEnd end) {
    var finished = end.finishedAt() == null ? seen.now() : end.finishedAt();
    var target = run.input().target();
    var report = end.report();
    draft.appliedRevision = run.input().revision();
    draft.applied(
        new AppliedRevision(run.input().revision(), target, finished, run.input().parameters()));
    if (isListedByOurRunner(run, report)) {
      report
          .revisions()
          .forEach(r -> draft.appliedEarlier(new AppliedRevision(r, target, finished, null)));
    }
    if (draft.verifyAfterRun != null && run.number() > draft.verifyAfterRun) {
      draft.verifyAfterRun = null;
    }
    var pending = report.pending() == null ? 0 : report.pending();
    var skipped = report.skipped() == null ? 0 : report.skipped();
    draft.pending = Math.max(0, pending - skipped);
    draft.ahead = isAsked(run) ? report.ahead() : null;
    draft.applied =
        report.total() == null ? null : Integer.valueOf(Math.max(0, report.total() - pending));
    draft.nextAttemptAt = null;
  }

  /** By our runner, which alone knows what the database has beyond its changelog. */
  private boolean isAsked(ObservedRun run) {
    return seen.desired().reading() instanceof Understood(var spec, var input)
        && !spec.ofAnotherTool()
        && input.revision().equals(run.input().revision())
        && input.target().equals(run.input().target());
  }

  /**
   * Another tool may write a report too; and a list without what was asked for is of something
   * else.
   */
  private boolean isListedByOurRunner(ObservedRun run, TerminationReport report) {
    return report.revisions().contains(run.input().revision()) && isAsked(run);
  }

  private void count(ObservedRun run) {
    if (current(run)) {
      draft.attempt = draft.attempts() + 1;
    }
  }

  private void pause(Duration pause) {
    draft.nextAttemptAt = seen.now().plus(pause);
  }

  private boolean current(ObservedRun run) {
    return run.generation() == seen.desired().generation();
  }

  private static @Nullable String duration(@Nullable Instant start, Instant end) {
    if (start == null || end.isBefore(start)) {
      return null;
    }
    var whole = Duration.between(start, end);
    return GoDuration.format(
        whole.compareTo(Duration.ofSeconds(1)) < 0 ? whole : Duration.ofSeconds(whole.toSeconds()));
  }
}
