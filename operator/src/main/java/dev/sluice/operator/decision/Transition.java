package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What changed from one status to the next; each is one event and one log line. */
public sealed interface Transition {
  Notice notice();

  /** A run was started. */
  record RunStarted(String job, @Nullable String revision) implements Transition {
    @Override
    public Notice notice() {
      return new Notice(
          false, Reasons.RUN_STARTED, "Job %s for revision %s".formatted(job, revision));
    }
  }

  /**
   * A run ended.
   *
   * @param stalls with it the migration stalls, which is the warning then
   */
  record RunEnded(LastRun run, boolean stalls) implements Transition {
    @Override
    public Notice notice() {
      var what = "Job %s for revision %s".formatted(run.job(), run.revision());
      return switch (run.outcome()) {
        case Succeeded -> new Notice(false, Reasons.RUN_SUCCEEDED, what);
        case Failed -> failed(!stalls, Reasons.RUN_FAILED, what);
        case Cancelled, Planned -> failed(false, "Run" + run.outcome(), what);
        case Interrupted, Lost -> failed(!stalls, "Run" + run.outcome(), what);
      };
    }

    private Notice failed(boolean warning, String reason, String what) {
      var note = what + ": " + FailureMessage.withReason(FailureMessage.failure(run));
      return new Notice(warning, reason, Conditions.bounded(note));
    }
  }

  /** A run took over the history of the tool that migrated the database before. */
  record Adopted(Adoption adoption) implements Transition {
    @Override
    public Notice notice() {
      var table = adoption.table();
      var note =
          adoption.migrations() == 1
              ? "1 migration of " + table + " was taken over; it didn't run"
              : "%d migrations of %s were taken over; nothing of them ran"
                  .formatted(adoption.migrations(), table);
      return new Notice(false, Reasons.ADOPTED, note);
    }
  }

  /**
   * A run entered migrations as applied.
   *
   * @param to the last of them, as the spec names it; null: not known
   */
  record Baselined(int migrations, @Nullable String to) implements Transition {
    @Override
    public Notice notice() {
      var upTo = to == null ? "" : " up to " + SafeText.clean(to, 255);
      var note =
          migrations == 1
              ? "1 migration" + upTo + " counts as applied; it didn't run"
              : "%d migrations%s count as applied; nothing of them ran".formatted(migrations, upTo);
      return new Notice(false, Reasons.BASELINED, note);
    }
  }

  /** A run went on without a rehearsal that passed. */
  record Unrehearsed(String note) implements Transition {
    @Override
    public Notice notice() {
      return new Notice(true, Reasons.REHEARSAL_WARNING, note);
    }
  }

  /** A recheck couldn't look; Ready stays True. */
  record RecheckFailed(Failure failure) implements Transition {
    @Override
    public Notice notice() {
      var note =
          "the recheck failed with "
              + FailureMessage.withReason(failure)
              + "; Ready stays True, and the next recheck tries again";
      return new Notice(true, Reasons.RECHECK_FAILED, Conditions.bounded(note));
    }
  }

  /** Ready, or why it isn't, changed. */
  record ReadinessChanged(boolean stalled, String reason, String message) implements Transition {
    @Override
    public Notice notice() {
      return new Notice(stalled, reason, message);
    }
  }

  /** The revision that is applied was asked for with another content. */
  record SameRevision(String message) implements Transition {
    @Override
    public Notice notice() {
      return new Notice(true, Reasons.SAME_REVISION, message);
    }
  }

  /** What is new in the next status, beside the one that is stored. */
  static List<Transition> between(CurrentStatus current, NextStatus next) {
    var before = current.seen().status();
    var after = next.status();
    var changes = new ArrayList<Transition>();
    var last = after.lastRun();
    if (last != null && (before.lastRun() == null || !last.job().equals(before.lastRun().job()))) {
      RehearsalWarning.of(last).map(Unrehearsed::new).ifPresent(changes::add);
      changes.addAll(entered(HistoryEntries.of(current.seen(), last)));
      changes.add(new RunEnded(last, next.readiness().state() == Readiness.State.STALLED));
    }
    if (after.job() != null && hasStarted(before, after)) {
      var started = after.started();
      changes.add(
          new RunStarted(after.job(), started == null ? after.revision() : started.revision()));
    }
    if (!Objects.equals(before.lastRecheck(), after.lastRecheck())) {
      Rechecks.failure(endOf(after.run(), current.seen()))
          .map(RecheckFailed::new)
          .ifPresent(changes::add);
    }
    Condition.find(after.conditions(), ConditionTypes.READY)
        .filter(now ->
            Condition.find(before.conditions(), ConditionTypes.READY)
                .map(was -> differs(was, now))
                .orElse(true))
        .flatMap(ready -> readiness(next.readiness(), ready))
        .ifPresent(changes::add);
    return List.copyOf(changes);
  }

  /** What goes on while Ready is True is a recheck, which nobody is told of. */
  private static boolean hasStarted(DatabaseMigrationStatus before, DatabaseMigrationStatus after) {
    var recheck =
        Observation.inDoubt(after).isPresent()
            && Condition.find(after.conditions(), ConditionTypes.READY)
                .filter(ready -> "True".equals(ready.status()))
                .isPresent();
    return !Objects.equals(before.run(), after.run())
        && !Objects.equals(before.job(), after.job())
        && !recheck;
  }

  private static RunEnd endOf(@Nullable Long number, Observation seen) {
    return seen.own().stream()
        .filter(run -> run.proven() && Long.valueOf(run.number()).equals(number))
        .flatMap(
            run -> run.phase() instanceof Ended(var end) ? Stream.of(end) : Stream.<RunEnd>empty())
        .findFirst()
        .orElseGet(() -> new RunEnd.Unseen(null));
  }

  private static List<Transition> entered(HistoryEntries entries) {
    var changes = new ArrayList<Transition>();
    var adoption = entries.adoption();
    if (adoption != null) {
      changes.add(new Adopted(adoption));
    }
    var baselined = entries.baselined();
    if (baselined != null) {
      changes.add(new Baselined(baselined, entries.baseline()));
    }
    return changes;
  }

  private static Optional<Transition> readiness(Readiness readiness, Condition ready) {
    return switch (readiness.event()) {
      case NONE -> Optional.empty();
      case SAME_REVISION -> Optional.of(new SameRevision(ready.message()));
      case CHANGE ->
          Optional.of(
              new ReadinessChanged(
                  readiness.state() == Readiness.State.STALLED, ready.reason(), ready.message()));
    };
  }

  private static boolean differs(Condition was, Condition now) {
    return !was.status().equals(now.status())
        || !was.reason().equals(now.reason())
        || (Objects.equals(now.status(), "True") && !was.message().equals(now.message()));
  }
}
