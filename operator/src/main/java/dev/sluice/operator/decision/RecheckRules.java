package dev.sluice.operator.decision;

import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.observation.Hash;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.ObservedRun.Phase.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a recheck starts, and what is done about one in flight. */
final class RecheckRules {
  private RecheckRules() {}

  /** Only what the stored status says already is looked at again. */
  static Optional<Decision> start(Choice choice) {
    return next(choice)
        .filter(at -> !choice.now().isBefore(at))
        .filter(_ -> choice.isApplied() && choice.current().isStoredAsReady())
        .filter(_ -> choice.seen().active().isEmpty() && choice.seen().ahead().isEmpty())
        .map(_ -> new Recheck(choice.nextRun(1, choice.spec().run().deadline())));
  }

  /** Empty: never, as the spec is now. */
  static Optional<Instant> next(Choice choice) {
    var interval = choice.spec().recheck().interval();
    return interval.isZero() || choice.spec().suspend() || choice.isOtherContent()
        ? Optional.empty()
        : Optional.of(latest(choice).plus(spread(interval, choice.seen().desired().uid())));
  }

  private static Instant latest(Choice choice) {
    var run = choice.status().lastRun();
    return Stream.of(
            Optional.ofNullable(run).map(last -> last.finishedAt()),
            Optional.ofNullable(choice.status().lastRecheck()))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** Up to a tenth longer, so that many don't start at once. */
  private static Duration spread(Duration interval, String uid) {
    var longer = Hash.fraction(uid, "recheck") / 10;
    return interval.plusSeconds(Math.round(interval.toSeconds() * longer));
  }

  /**
   * What was applied stays Ready; a retry asks for a run of its own. Empty: it is a run like any
   * other, or has ended.
   */
  static Optional<Decision> inFlight(Choice choice, ObservedRun run) {
    var status = choice.status();
    if (!run.proven()
        || run.phase() instanceof Ended
        || !Rechecks.isOne(status.verifyAfterRun(), status.appliedRevisions(), run)) {
      return Optional.empty();
    }
    if (choice.isRetryAsked()) {
      return run.phase() instanceof Waiting && !choice.seen().leaving(run)
          ? Optional.of(new Cancel(run, new Cancellation.RetryAsked()))
          : Optional.empty();
    }
    return choice.isApplied()
        ? Optional.of(new Applied(choice.isOtherContent()))
        : Optional.empty();
  }
}
