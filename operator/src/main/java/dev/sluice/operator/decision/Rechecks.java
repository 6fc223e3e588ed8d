package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs that only look whether a database still has what was applied.
 *
 * <ol>
 *   <li>One starts when spec.recheck.interval has passed ({@link RecheckRules}).
 *   <li>A run is one while what it was started for is applied: every other is started for what
 *       isn't, or because a verification was asked for.
 *   <li>While it is in flight, Ready stays True.
 *   <li>One that found nothing missing leaves its time and no more, also when it failed in a way
 *       that may pass by itself. Any other end is entered as that of any run; after a failure work
 *       begins anew, and Ready is False until a run has succeeded.
 * </ol>
 */
final class Rechecks {
  private Rechecks() {}

  static boolean isOne(
      @Nullable Long verifyAfterRun, List<AppliedRevision> applied, ObservedRun run) {
    return verifyAfterRun == null && AppliedRevisions.have(applied, run.input());
  }

  /** Whether the end of one is worth no more than its time. */
  static boolean isQuiet(RunEnd end) {
    return switch (RunVerdict.of(end)) {
      case RunVerdict.Success _, RunVerdict.Transient _, RunVerdict.Uncounted _ ->
          foundNothingMissing(end.report());
      case RunVerdict.Permanent _, RunVerdict.Planned _ -> false;
    };
  }

  /** As far as it said. */
  private static boolean foundNothingMissing(TerminationReport report) {
    return report.adoption() == null
        && number(report.baselined()) == 0
        && number(report.applied()) == 0
        && number(report.pending()) <= number(report.skipped());
  }

  private static int number(@Nullable Integer reported) {
    return reported == null ? 0 : reported;
  }

  /** Why one that was quiet couldn't look; empty: it could. */
  static Optional<Failure> failure(RunEnd end) {
    return switch (RunVerdict.of(end)) {
      case RunVerdict.Transient(var failure) -> Optional.of(failure);
      case RunVerdict.Uncounted(_, var failure) -> Optional.of(failure);
      case RunVerdict.Success _, RunVerdict.Permanent _, RunVerdict.Planned _ -> Optional.empty();
    };
  }
}
