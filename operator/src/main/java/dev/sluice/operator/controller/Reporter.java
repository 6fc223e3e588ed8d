package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.CurrentStatus;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.NextStatus;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.decision.Transition;
import dev.sluice.operator.decision.Wait;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.ObservedRun.Progress;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what was decided and done into the status, and says when to look again. */
public final class Reporter {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final MigrationWriter writer;
  private final TransitionReporter transitions;
  private final OtherInstallations others;
  private final BurstDeferral burst = new BurstDeferral(System::nanoTime);
  private final Timings timings;
  private final Refusals refusals;

  public Reporter(
      MigrationWriter writer,
      TransitionReporter transitions,
      OtherInstallations others,
      Timings timings) {
    this.writer = writer;
    this.transitions = transitions;
    this.others = others;
    this.timings = timings;
    this.refusals = new Refusals(timings);
  }

  UpdateControl<DatabaseMigration> report(
      Context<DatabaseMigration> context,
      CurrentStatus current,
      Decision decision,
      Actor.Acted acted) {
    var seen = current.seen();
    var result = acted.result();
    if (burst.defers(decision, result, seen.now())) {
      return UpdateControl.<DatabaseMigration>noUpdate().rescheduleAfter(timings.brief());
    }
    var refused = result instanceof ActionResult.Refused;
    var stored =
        result instanceof ActionResult.Touched
            || (decision instanceof Release && !refused)
            || status(
                acted.migration(), context, current, NextStatus.of(current, decision, result));
    others
        .among(context.getSecondaryResources(Job.class))
        .forEach(notice -> transitions.send(acted.migration(), notice));
    UpdateControl<DatabaseMigration> control = UpdateControl.noUpdate();
    (stored ? again(seen, decision, result) : Optional.of(timings.soon()))
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  /** False: it is to be written, and couldn't be. */
  private boolean status(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      CurrentStatus current,
      NextStatus next) {
    if (next.status().equals(migration.getStatus())) {
      return true;
    }
    var written = writer.withStatus(migration, context, next.status());
    written.ifPresent(now -> transitions.report(now, Transition.between(current, next)));
    return written.isPresent();
  }

  private Optional<Duration> again(Observation seen, Decision decision, ActionResult result) {
    var uid = seen.desired().uid();
    if (result instanceof ActionResult.Refused(var obstacle)
        && obstacle.hopeless()
        && decision instanceof Start) {
      return idle(seen);
    }
    if (result instanceof ActionResult.Refused) {
      return Optional.of(refusals.next(uid));
    }
    refusals.over(uid);
    if (result instanceof ActionResult.Announced) {
      return Optional.of(AT_ONCE);
    }
    if (result instanceof ActionResult.Touched) {
      return Optional.of(timings.soon());
    }
    return switch (decision) {
      case Start _, Recheck _, Cancel _ -> Optional.of(timings.soon());
      case Await(_, Wait.Brief _) -> Optional.of(timings.brief());
      case Await(var run, _) -> Optional.of(again(run));
      case Pause(var until, _, _) -> Optional.of(Duration.between(seen.now(), until));
      case Applied(_, var recheckAt) -> idle(seen).or(() -> until(recheckAt, seen.now()));
      case Decision.Unreadable _,
          Decision.Suspended _,
          Decision.Ask _,
          Decision.Stall _,
          Release _ ->
          idle(seen);
    };
  }

  /** It is idle only once the run's Job is over and the finalizer is gone. */
  private Optional<Duration> idle(Observation seen) {
    return seen.active().isPresent() ? Optional.of(timings.soon()) : settled(seen);
  }

  private Optional<Duration> settled(Observation seen) {
    return seen.desired().finalizer() ? Optional.of(timings.safety()) : Optional.empty();
  }

  /** A recheck that is due and can't start yet is looked at again. */
  private Optional<Duration> until(@Nullable Instant recheckAt, Instant now) {
    return Optional.ofNullable(recheckAt)
        .map(at -> at.isAfter(now) ? Duration.between(now, at) : timings.soon());
  }

  private Duration again(ObservedRun run) {
    return switch (run.phase()) {
      case Phase.Waiting _, Phase.Bound _ -> timings.soon();
      case Phase.Working(_, var progress) ->
          progress == Progress.MIGRATING ? timings.safety() : timings.soon();
      case Phase.Ended _ -> timings.soon();
    };
  }
}
