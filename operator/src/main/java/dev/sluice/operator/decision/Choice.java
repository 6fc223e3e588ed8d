package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What a decision about a readable spec rests on. */
record Choice(CurrentStatus current, DatabaseMigrationSpec spec, Input input) {
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
}
