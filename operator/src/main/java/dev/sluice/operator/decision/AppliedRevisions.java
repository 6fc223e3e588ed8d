package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.operator.observation.Input;
import java.util.List;
import java.util.Objects;

/** What the status says that databases have: the latest success of each target comes first. */
final class AppliedRevisions {
  private AppliedRevisions() {}

  /** The revision is there, and what was applied to that target last had the same parameters. */
  static boolean have(List<AppliedRevision> applied, Input input) {
    var there = applied.stream().filter(a -> a.target().equals(input.target())).toList();
    return there.stream().anyMatch(a -> a.revision().equals(input.revision()))
        && Objects.equals(there.getFirst().parameters(), input.parameters());
  }
}
