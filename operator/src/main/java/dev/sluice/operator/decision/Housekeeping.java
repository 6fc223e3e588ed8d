package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.api.RunSettings;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What to tidy beside the decision.
 *
 * @param own Jobs that get an owner reference, so that they go with the object
 * @param prune Jobs of old runs to delete
 * @param takeBack Jobs to delete of which the stored status says that they are taken back; the
 *     status comes first, so that no number is used twice and no run vanishes unreported
 * @param endPods runs whose pods are ended, and stay with their logs: what isn't Sluice's works on
 *     in them after the run's end, or kept the run from starting until the deadline
 * @param orphan Jobs at work that are left behind, to go by themselves
 * @param hold whether the finalizer comes back: {@code kubectl replace}, or another manager, took
 *     it away, and a deletion would not wait for the run at work
 * @param release whether the finalizer goes
 */
public record Housekeeping(
    List<ObservedRun> own,
    List<ObservedRun> prune,
    List<ObservedRun> takeBack,
    List<ObservedRun> endPods,
    List<ObservedRun> orphan,
    boolean hold,
    boolean release) {
  private static final int FAILURES = 1;

  /** Only what the stored status knows is touched. */
  public static Housekeeping of(Observation seen, Decision decision) {
    var known =
        seen.own().stream()
            .filter(r -> isKnown(seen.status(), r) || seen.desired().deleting())
            .toList();
    var strangers = seen.runs().stream().filter(r -> !r.uid().equals(seen.desired().uid()));
    var own =
        Stream.concat(known.stream(), strangers)
            .filter(r -> r.over() && !r.owned() && !foundNothingMissing(seen.status(), r))
            .toList();
    var orphan =
        decision instanceof Decision.Release
            ? seen.active().stream().toList()
            : List.<ObservedRun>of();
    var idle =
        decision instanceof Decision.Release
            || (seen.active().isEmpty() && !(decision instanceof Decision.Beginning));
    var settled = seen.desired().deleting() || allKnown(seen);
    return new Housekeeping(
        own,
        prune(seen, known),
        takenBack(seen, decision).filter(why -> !leavesLog(why)).map(Cancel::run).stream().toList(),
        endPods(seen, decision),
        orphan,
        !seen.desired().finalizer() && !seen.desired().deleting() && isInFlight(seen),
        seen.desired().finalizer() && idle && settled);
  }

  /** A cache that lags shows as active what the status knows the end of. */
  private static boolean isInFlight(Observation seen) {
    return seen.active().filter(run -> !isLast(seen.status(), run.job())).isPresent();
  }

  private static List<ObservedRun> prune(Observation seen, List<ObservedRun> known) {
    var over = known.reversed().stream().filter(r -> r.over() && !r.leaving()).toList();
    Predicate<ObservedRun> nothing = run -> foundNothingMissing(seen.status(), run);
    Predicate<ObservedRun> succeeded = run -> succeeded(seen.status(), run);
    var old = over.stream().filter(nothing.negate()).toList();
    var successes = old.stream().filter(succeeded).skip(keep(seen.desired()));
    var failures = old.stream().filter(succeeded.negate()).skip(FAILURES);
    return seen.desired().deleting()
        ? List.of()
        : Stream.of(over.stream().filter(nothing), successes, failures)
            .flatMap(runs -> runs)
            .toList();
  }

  /** The latest recheck, of which the status keeps the time alone: nobody needs its log. */
  private static boolean foundNothingMissing(DatabaseMigrationStatus status, ObservedRun run) {
    return status.lastRecheck() != null
        && Long.valueOf(run.number()).equals(status.run())
        && !run.job().equals(status.job())
        && succeeded(status, run);
  }

  private static int keep(DesiredMigration desired) {
    return desired.reading() instanceof Understood(var spec, _)
        ? spec.run().keep()
        : RunSettings.DEFAULT.keep();
  }

  /** Of which the stored status says so. */
  private static Optional<Cancel> takenBack(Observation seen, Decision decision) {
    var started = seen.status().started();
    return decision instanceof Cancel cancel
            && started != null
            && started.cancelling() != null
            && started.jobUid().equals(cancel.run().jobUid())
        ? Optional.of(cancel)
        : Optional.empty();
  }

  private static boolean leavesLog(Cancel cancel) {
    return cancel.why() instanceof Cancellation.BlockedUntilDeadline(var obstacle)
        && obstacle.hasLog();
  }

  private static List<ObservedRun> endPods(Observation seen, Decision decision) {
    var held = takenBack(seen, decision).filter(Housekeeping::leavesLog).map(Cancel::run).stream();
    var outlived = seen.own().stream().filter(run -> isOutlived(seen, run));
    return Stream.concat(held, outlived).toList();
  }

  /** How it ended is stored, and its pod goes on. */
  private static boolean isOutlived(Observation seen, ObservedRun run) {
    return run.phase() instanceof Ended(var end)
        && run.proven()
        && !run.over()
        && !run.leaving()
        && isKnown(seen.status(), run)
        && !seen.now()
            .isBefore(
                Objects.requireNonNullElse(end.finishedAt(), run.createdAt())
                    .plus(Timings.INJECTED_END));
  }

  /** By the status where that says it: a cache of pods that lags may not show the end. */
  private static boolean succeeded(DatabaseMigrationStatus status, ObservedRun run) {
    var last = status.lastRun();
    if (last != null && last.job().equals(run.job())) {
      return last.outcome() == Outcome.Succeeded;
    }
    return run.phase() instanceof Ended(var end)
        && RunVerdict.of(end) instanceof RunVerdict.Success;
  }

  private static boolean allKnown(Observation seen) {
    var status = seen.status();
    return seen.own().stream().allMatch(r -> isKnown(status, r))
        && (status.job() == null || isLast(status, status.job()));
  }

  private static boolean isKnown(DatabaseMigrationStatus status, ObservedRun run) {
    return run.owned()
        || isLast(status, run.job())
        || (status.run() != null
            && (run.number() < status.run()
                || (run.number() == status.run() && !run.job().equals(status.job()))));
  }

  private static boolean isLast(DatabaseMigrationStatus status, String job) {
    return status.lastRun() != null && status.lastRun().job().equals(job);
  }
}
