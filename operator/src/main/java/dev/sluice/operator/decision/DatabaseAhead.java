package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.operator.observation.Input;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a database has beyond the revision that is asked for, as after a roll-back. */
final class DatabaseAhead {
  private DatabaseAhead() {}

  /** As a sentence; {@code counted} is what the last run saw, when it was of that revision. */
  static Optional<String> of(
      List<AppliedRevision> applied, @Nullable Integer counted, Input input) {
    if (counted != null && counted > 0) {
      return Optional.of(
          counted == 1
              ? "it has 1 migration that this revision doesn't have"
              : "it has %d migrations that this revision doesn't have".formatted(counted));
    }
    return applied.stream()
        .filter(entry -> entry.target().equals(input.target()))
        .findFirst()
        .map(AppliedRevision::revision)
        .filter(latest -> !latest.equals(input.revision()))
        .map(latest -> "revision " + latest + " was applied after this one");
  }
}
