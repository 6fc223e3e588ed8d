package dev.sluice.operator.decision;

import dev.sluice.api.ApprovalMode;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.GoDuration;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.operator.observation.DesiredMigration.Asked.Understood;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Enters what was seen into the status: a new spec or retry, a run that is found, a run's end. */
final class CurrentStatus {
  private final Observation seen;
  private final StatusDraft draft;

  private CurrentStatus(Observation seen) {
    this.seen = seen;
    this.draft = new StatusDraft(seen.status());
  }

  static DatabaseMigrationStatus enter(Observation seen) {
    var book = new CurrentStatus(seen);
    book.end();
    book.begin();
    book.find();
    book.approve();
    return book.draft.finish();
  }

  /** The status with a run's end that this operator itself brought about. */
  static DatabaseMigrationStatus cancelled(
      Observation seen, ObservedRun run, Outcome outcome, Failure failure) {
    var book =
        new CurrentStatus(
            new Observation(seen.goal(), enter(seen), seen.runs(), seen.neighbours(), seen.now()));
    book.enter(run, RunEnd.UNSEEN, outcome, failure);
    if (outcome == Outcome.Failed) {
      book.count(run);
    }
    return book.draft.finish();
  }

  /** A new version of the spec, or a new value of the retry annotation, begins anew. */
  private void begin() {
    if (!(seen.goal().asked() instanceof Understood asked)) {
      return;
    }
    var goal = seen.goal();
    var known =
        Long.valueOf(goal.generation()).equals(draft.observedGeneration) && draft.startedAt != null;
    var retry =
        goal.retry() != null
            && !goal.retry().equals(draft.handledRetry)
            && seen.active().map(this::answers).orElse(true);
    if (!known || retry) {
      draft.observedGeneration = goal.generation();
      draft.startedAt = seen.now();
      draft.attempt = 0;
      draft.nextAttemptAt = null;
      draft.pending = null; // what the new spec asks for, only a run can say
      draft.handledRetry = goal.retry();
      draft.plan = null;
    }
    draft.revision = asked.input().revision();
  }

  /** Started for this value of the retry annotation, by an operator that died before it told. */
  private boolean answers(ObservedRun run) {
    var known = draft.run == null ? 0 : draft.run;
    return run.number() > known && Objects.equals(run.retry(), seen.goal().retryMark());
  }

  /** A run that was started, but not yet told of; the one before it has ended then. */
  private void find() {
    var known = draft.run == null ? 0 : draft.run;
    seen.own().stream()
        .filter(r -> r.number() > known && !r.owned())
        .forEach(r -> {
          draft.run = r.number();
          draft.job = r.job();
          draft.nextAttemptAt = null;
          end();
        });
  }

  private void approve() {
    var plan = draft.plan;
    if (plan != null && plan.approvedAt() == null && plan.digest().equals(seen.goal().approve())) {
      draft.plan = new Plan(plan.digest(), plan.changeSets(), seen.now());
      draft.startedAt = seen.now(); // a person took the time, not the runs
      draft.nextAttemptAt = null;
    }
  }

  private void end() {
    var job = draft.job;
    var last = draft.lastRun;
    if (job == null) {
      return;
    }
    var told = last != null && last.job().equals(job);
    if (last != null && told && last.outcome() != Outcome.Cancelled) {
      return;
    }
    seen.own().stream()
        .filter(r -> r.job().equals(job))
        .findFirst()
        .ifPresentOrElse(
            run -> {
              // one that was to be taken back may have been quicker
              if (run.phase() instanceof Ended ended && (!told || ended.end().exit() != null)) {
                enter(run, ended.end());
              }
            },
            () -> {
              if (!told) {
                lost();
              }
            });
  }

  /** The stored status is of the spec that the run was started for, or of a later one. */
  private void lost() {
    if (seen.goal().asked() instanceof Understood asked && draft.job != null) {
      var told = seen.status();
      var run =
          new ObservedRun(
              draft.job,
              seen.goal().uid(),
              draft.run == null ? 0 : draft.run,
              Objects.requireNonNullElse(told.observedGeneration(), seen.goal().generation()),
              draft.attempts() + 1,
              told.revision() == null
                  ? asked.input()
                  : new Input(told.revision(), asked.input().target(), asked.input().key()),
              seen.goal().retryMark(),
              seen.now(),
              false,
              true,
              false,
              new Ended(RunEnd.UNSEEN));
      enter(run, RunEnd.UNSEEN);
    }
  }

  private void enter(ObservedRun run, RunEnd end) {
    switch (RunVerdict.of(end)) {
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
        if (seen.goal().asked() instanceof Understood asked && current(run)) {
          pause(
              RetryBackoff.after(
                  draft.attempts(), asked.spec().run().backoff(), seen.goal().uid()));
        }
      }
      case RunVerdict.Uncounted(var outcome, var failure) -> {
        enter(run, end, outcome, failure);
        if (current(run)) {
          pause(RetryBackoff.UNCOUNTED);
        }
      }
    }
  }

  /** One that was approved already, and comes again, isn't asked for at once. */
  private void planned(ObservedRun run, RunEnd end, Plan plan, Failure failure) {
    var manual =
        seen.goal().asked() instanceof Understood(var spec, _)
            && spec.approval() == ApprovalMode.Manual;
    enter(run, end, manual || !current(run) ? Outcome.Planned : Outcome.Failed, failure);
    if (!manual) {
      count(run);
    } else if (current(run)) {
      var before = draft.plan;
      var same = before != null && before.digest().equals(plan.digest());
      draft.plan = same ? before : plan;
      draft.nextAttemptAt = null;
      if (before != null && same && before.approvedAt() != null) {
        pause(RetryBackoff.UNCOUNTED);
      }
    }
  }

  private void enter(ObservedRun run, RunEnd end, Outcome outcome, @Nullable Failure failure) {
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
    draft.applied(new AppliedRevision(run.input().revision(), target, finished));
    report.revisions().forEach(r -> draft.appliedEarlier(new AppliedRevision(r, target, finished)));
    var pending = report.pending() == null ? 0 : report.pending();
    var skipped = report.skipped() == null ? 0 : report.skipped();
    draft.pending = Math.max(0, pending - skipped);
    draft.applied =
        report.total() == null ? null : Integer.valueOf(Math.max(0, report.total() - pending));
    draft.nextAttemptAt = null;
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
    return run.generation() == seen.goal().generation();
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
