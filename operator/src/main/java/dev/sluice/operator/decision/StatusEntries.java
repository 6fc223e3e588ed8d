package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.Policy;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.RunEnd;
import java.util.List;
import java.util.Objects;

/**
 * Enters what was observed into a status: a new spec or retry, a run that is found, a run's end.
 */
final class StatusEntries {
  private static final RunEnd UNSEEN = new RunEnd.Unseen(null);

  private final Observation seen;
  private final StatusDraft draft;
  private final RunEntry runs;

  private StatusEntries(Observation seen) {
    this.seen = seen;
    this.draft = new StatusDraft(seen.status(), seen.required());
    this.runs = new RunEntry(seen, draft);
  }

  static DatabaseMigrationStatus enter(Observation seen) {
    var entries = new StatusEntries(seen);
    entries.end();
    entries.begin();
    entries.find();
    entries.approve();
    return entries.draft.finish();
  }

  /** A new version of the spec, or a new value of the retry annotation, begins anew. */
  private void begin() {
    if (!(seen.desired().reading() instanceof Understood asked)) {
      return;
    }
    var desired = seen.desired();
    var known =
        Long.valueOf(desired.generation()).equals(draft.observedGeneration)
            && draft.startedAt != null;
    var retry =
        desired.retry() != null
            && !desired.retry().equals(draft.handledRetry)
            && seen.active().map(this::answers).orElse(true);
    if (!asked.input().revision().equals(draft.revision)
        || !asked.input().target().equals(draft.target)) {
      draft.ahead = null; // of another changelog, or another database
    }
    if (isVerified(asked, retry)) {
      draft.verifyAfterRun = draft.run == null ? 0 : draft.run;
    }
    if (!known || retry) {
      draft.observedGeneration = desired.generation();
      draft.startedAt = seen.now();
      draft.attempt = 0;
      draft.nextAttemptAt = null;
      draft.pending = null; // what the new spec asks for, only a run can say
      draft.handledRetry = desired.retry();
      draft.plan = null;
    }
    draft.revision = asked.input().revision();
  }

  /**
   * Whether a run has to look at a database that should have the revision. One that succeeds where
   * policy.databaseAhead is Refuse says that it isn't ahead.
   */
  private boolean isVerified(Understood asked, boolean retry) {
    var refused =
        draft.verifyAfterRun == null
            && asked.spec().policy().databaseAhead() == Policy.Action.Refuse
            && DatabaseAhead.of(draft.appliedRevisions, draft.ahead, asked.input()).isPresent();
    return (retry || refused) && AppliedRevisions.have(draft.appliedRevisions, asked.input());
  }

  /**
   * Started for this value of the retry annotation, by an operator that died before it stored that.
   */
  private boolean answers(ObservedRun run) {
    var known = draft.run == null ? 0 : draft.run;
    return run.number() > known && Objects.equals(run.retry(), seen.desired().retryMark());
  }

  /** A run that was started, but not yet stored; the one before it has ended then. */
  private void find() {
    var known = draft.run == null ? 0 : draft.run;
    seen.own().stream()
        .filter(r -> r.number() > known && !r.owned() && (r.proven() || r.over()))
        .forEach(r -> {
          draft.run = r.number();
          if (r.proven()) {
            draft.job = r.job();
            draft.started = StatusDraft.started(r);
            draft.nextAttemptAt = null;
            end();
          } // else only its number is taken: the next run asks the database anyway
        });
  }

  private void approve() {
    var plan = draft.plan;
    if (plan != null
        && plan.approvedAt() == null
        && plan.digest().equals(seen.desired().approve())) {
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
    if (last != null && last.job().equals(job)) {
      return;
    }
    seen.own().stream()
        .filter(r -> r.job().equals(job) && r.proven())
        .findFirst()
        .ifPresentOrElse(this::end, this::lost);
  }

  private void end(ObservedRun run) {
    if (run.phase() instanceof Ended(var end)) {
      var why = draft.started == null ? null : draft.started.cancelling();
      if (why == null) {
        runs.enter(run, end);
      } else {
        runs.enter(run, end, why);
      }
    }
  }

  /** Nobody saw its end; what it was started for is known from the status. */
  private void lost() {
    if (seen.desired().reading() instanceof Understood asked && draft.job != null) {
      var started = draft.started;
      var input = asked.input();
      var run =
          new ObservedRun(
              draft.job,
              started == null ? "" : started.jobUid(),
              seen.desired().uid(),
              draft.run == null ? 0 : draft.run,
              started == null ? seen.desired().generation() : started.generation(),
              draft.attempts() + 1,
              started == null
                  ? input
                  : new Input(started.revision(), input.target(), input.key(), input.parameters()),
              seen.desired().retryMark(),
              null,
              List.of(),
              seen.now(),
              false,
              true,
              false,
              true,
              new Ended(UNSEEN));
      runs.enter(run, UNSEEN);
    }
  }
}
