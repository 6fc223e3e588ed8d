package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a decision about a readable spec rests on. */
record Choice(CurrentStatus current, DatabaseMigrationSpec spec, Input input) {
  /** As many as a run is asked to look for: those of the status, and some more. */
  private static final int REQUIRED = 80;

  Observation seen() {
    return current.seen();
  }

  DatabaseMigrationStatus status() {
    return current.status();
  }

  Instant now() {
    return seen().now();
  }

  Instant deadline() {
    return Objects.requireNonNullElse(status().startedAt(), now()).plus(spec.run().deadline());
  }

  boolean isOlder(ObservedRun run) {
    return run.generation() != seen().desired().generation();
  }

  int attempts() {
    return status().attempt() == null ? 0 : status().attempt();
  }

  /** The latest run, unless it succeeded or was started for another version of the spec. */
  Optional<LastRun> unsuccessful() {
    return Optional.ofNullable(status().lastRun())
        .filter(run -> run.generation() == seen().desired().generation())
        .filter(run -> run.outcome() != Outcome.Succeeded);
  }

  /** The database has what is asked for, and nothing asks to verify it. */
  boolean isApplied() {
    return status().verifyAfterRun() == null
        && AppliedRevisions.have(status().appliedRevisions(), input);
  }

  /** The latest run brought this revision to this very target, from another image. */
  boolean isOtherContent() {
    var last = status().lastRun();
    return isApplied()
        && last != null
        && last.outcome() == Outcome.Succeeded
        && last.revision().equals(input.revision())
        && !last.key().equals(input.key())
        && status().appliedRevisions().getFirst().target().equals(input.target());
  }

  /** A value of the annotation that isn't acted on before the run in flight has ended. */
  boolean isRetryAsked() {
    var retry = seen().desired().retry();
    return retry != null && !retry.equals(status().handledRetry());
  }

  NextRun nextRun(int attempt, Duration left) {
    return new NextRun(
        seen().nextNumber(), attempt, seen().desired().generation(), input, left, required());
  }

  /** What the status has of that target, and what pods require; only our runner can answer. */
  private List<String> required() {
    var listed =
        status().appliedRevisions().stream()
            .filter(a -> a.target().equals(input.target()))
            .map(AppliedRevision::revision);
    return spec.ofAnotherTool()
        ? List.of()
        : Stream.concat(listed, seen().required().stream()).distinct().limit(REQUIRED).toList();
  }
}
