package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.Outcome;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.RunEnd;
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
    this.draft = new StatusDraft(seen.status());
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
    var stored = last != null && last.job().equals(job);
    if (last != null && stored && last.outcome() != Outcome.Cancelled) {
      return;
    }
    seen.own().stream()
        .filter(r -> r.job().equals(job))
        .findFirst()
        .ifPresentOrElse(
            run -> {
              // one that was to be taken back may have been quicker
              if (run.phase() instanceof Ended ended
                  && (!stored || ended.end() instanceof RunEnd.Exited)) {
                runs.enter(run, ended.end());
              }
            },
            () -> {
              if (!stored) {
                lost();
              }
            });
  }

  /** The stored status is of the spec that the run was started for, or of a later one. */
  private void lost() {
    if (seen.desired().reading() instanceof Understood asked && draft.job != null) {
      var before = seen.status();
      var run =
          new ObservedRun(
              draft.job,
              seen.desired().uid(),
              draft.run == null ? 0 : draft.run,
              Objects.requireNonNullElse(before.observedGeneration(), seen.desired().generation()),
              draft.attempts() + 1,
              before.revision() == null
                  ? asked.input()
                  : new Input(before.revision(), asked.input().target(), asked.input().key()),
              seen.desired().retryMark(),
              seen.now(),
              false,
              true,
              false,
              new Ended(UNSEEN));
      runs.enter(run, UNSEEN);
    }
  }
}
