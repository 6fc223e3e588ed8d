package dev.sluice.operator.decision;

import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Bound;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.ObservedRun.Phase.Waiting;
import dev.sluice.operator.observation.ObservedRun.Phase.Working;
import dev.sluice.operator.observation.ObservedRun.Progress;
import dev.sluice.operator.observation.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do about the run in flight: leave it alone, or take it back. */
record InFlight(Choice choice, ObservedRun run) {
  /** Empty: the run has ended, only its Job isn't done yet. */
  Optional<Decision> decide() {
    if (!run.proven()) {
      return choice.now().isBefore(choice.deadline())
          ? Optional.of(await(new Wait.UnprovenJobEnds(run.job())))
          : Optional.empty();
    }
    return switch (run.phase()) {
      case Ended _ -> Optional.empty();
      case Bound(var before) -> Optional.of(before == null ? await(bound()) : after(before));
      case Working working -> Optional.of(await(working(working)));
      case Waiting waiting -> Optional.of(waiting(waiting));
    };
  }

  private Await await(Wait wait) {
    return new Await(run, wait);
  }

  /** It may have started already. */
  private Wait bound() {
    if (choice.seen().leaving(run)) {
      return new Wait.JobIsDeleted(run.job());
    }
    return choice.isOlder(run)
        ? new Wait.OlderRunEnds(run.job())
        : new Wait.ContainerStarts(run.job());
  }

  /** Something else has been at work for so long that the run's container hasn't started. */
  static boolean isHeldBack(ObservedRun run, Instant now) {
    return run.phase() instanceof Bound(var before)
        && before != null
        && !now.isBefore(run.createdAt().plus(Timings.INJECTED_START));
  }

  /** What is soon over, as most init containers are, is nobody's business. */
  private Decision after(Obstacle before) {
    if (choice.seen().leaving(run) || !isHeldBack(run, choice.now())) {
      return await(bound());
    }
    if (choice.isOlder(run)) {
      return new Cancel(run, new Cancellation.SpecChanged());
    }
    return choice.now().isBefore(choice.deadline())
        ? await(new Wait.Blocked(before))
        : new Cancel(run, new Cancellation.BlockedUntilDeadline(before));
  }

  private Wait working(Working working) {
    if (choice.isOlder(run)) {
      return new Wait.OlderRunEnds(run.job());
    }
    if (worksFor(working, Timings.BRIEF_RUN).isNegative()) {
      return new Wait.ContainerStarts(run.job());
    }
    return worksFor(working, Timings.PROBED).isNegative()
        ? applying()
        : progress(working.progress());
  }

  private Wait progress(Progress progress) {
    return switch (progress) {
      case CONNECTING -> new Wait.ForDatabase(run.job());
      case LOCKING -> new Wait.ForLock(run.job());
      case MIGRATING -> applying();
    };
  }

  private Wait applying() {
    return new Wait.Applying(run.job(), run.input().revision());
  }

  /** How much longer than that; a clock that is ahead of ours doesn't count. */
  private Duration worksFor(Working working, Duration least) {
    var since = working.since();
    return since == null || since.isAfter(choice.now())
        ? Duration.ZERO
        : Duration.between(since, choice.now()).minus(least);
  }

  private Decision waiting(Waiting waiting) {
    var obstacle = waiting.obstacle();
    if (choice.seen().leaving(run)) {
      return await(new Wait.JobIsDeleted(run.job()));
    }
    if (choice.isOlder(run)) {
      return new Cancel(run, new Cancellation.SpecChanged());
    }
    if (obstacle != null && obstacle.hopeless()) {
      return new Cancel(run, new Cancellation.NeverStarts(obstacle));
    }
    if (!choice.now().isBefore(choice.deadline())) {
      return new Cancel(
          run,
          obstacle == null
              ? new Cancellation.NotStartedInTime()
              : new Cancellation.BlockedUntilDeadline(obstacle));
    }
    return await(
        obstacle == null ? new Wait.ContainerStarts(run.job()) : new Wait.Blocked(obstacle));
  }
}
