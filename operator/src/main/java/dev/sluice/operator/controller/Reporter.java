package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.NextStatus;
import dev.sluice.operator.decision.Transition;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.ObservedRun.Progress;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;

/** Tells in the status what was decided and done, and when to look again. */
public final class Reporter {
  /** A container that has just started may have ended by then. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private final MigrationWriter writes;
  private final TransitionReporter news;
  private final OtherInstallations rivals;
  private final BurstDeferral rush = new BurstDeferral();
  private final Timings pace;

  public Reporter(
      MigrationWriter writes, TransitionReporter news, OtherInstallations rivals, Timings pace) {
    this.writes = writes;
    this.news = news;
    this.rivals = rivals;
    this.pace = pace;
  }

  UpdateControl<DatabaseMigration> report(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision,
      ActionResult deed) {
    if (rush.defers(decision, deed, seen.now())) {
      return UpdateControl.<DatabaseMigration>noUpdate().rescheduleAfter(brief());
    }
    var told =
        deed instanceof ActionResult.Touched
            || decision instanceof Release
            || status(migration, context, seen, decision, deed);
    news.tell(migration, rivals.among(context.getSecondaryResources(Job.class)));
    UpdateControl<DatabaseMigration> control = UpdateControl.noUpdate();
    (told ? again(seen, decision, deed) : Optional.of(pace.soon()))
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  /** False: it is to be told, and couldn't be. */
  private boolean status(
      DatabaseMigration migration,
      Context<DatabaseMigration> context,
      Observation seen,
      Decision decision,
      ActionResult deed) {
    var next = NextStatus.of(seen, decision, deed);
    if (next.equals(migration.getStatus())) {
      return true;
    }
    var written = writes.status(migration, context, next);
    if (written) {
      news.tell(migration, Transition.between(seen.status(), next));
    }
    return written;
  }

  private Optional<Duration> again(Observation seen, Decision decision, ActionResult deed) {
    if (deed instanceof ActionResult.Touched) {
      return Optional.of(pace.soon());
    }
    return switch (decision) {
      case Start _, Cancel _ -> Optional.of(pace.soon());
      case Await(var run, var reason, _) -> Optional.of(again(run, reason));
      case Pause(var until, _, _) -> Optional.of(Duration.between(seen.now(), until));
      case Decision.Unreadable _,
          Decision.Applied _,
          Decision.Suspended _,
          Decision.Ask _,
          Decision.Stall _,
          Release _ ->
          // it is idle only once the run's Job is over and the finalizer is gone
          seen.goal().finalizer() ? Optional.of(pace.safety()) : Optional.empty();
    };
  }

  private Duration again(ObservedRun run, String reason) {
    if (reason.equals(Reasons.STARTING)) {
      return brief();
    }
    return switch (run.phase()) {
      case Phase.Waiting _ -> pace.soon();
      case Phase.Working(_, var progress) ->
          progress == Progress.MIGRATING ? pace.safety() : pace.soon();
      case Phase.Ended _ -> pace.safety();
    };
  }

  private Duration brief() {
    return pace.soon().compareTo(BRIEF) < 0 ? pace.soon() : BRIEF;
  }
}
