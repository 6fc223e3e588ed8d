package dev.sluice.migrations.rehearsal.observation;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** What one changeset did; it is committed. */
public record ChangeSetObservation(String name, Duration took, List<StepObservation> steps) {
  public ChangeSetObservation {
    steps = List.copyOf(steps);
  }

  /** The strongest lock on each table that was there before, with the step that took it. */
  public List<TableLock> locks() {
    var strongest = new LinkedHashMap<TableName, TableLock>();
    steps.stream()
        .map(StepObservation::taken)
        .flatMap(Collection::stream)
        .forEach(lock ->
            strongest.merge(
                lock.table(),
                lock,
                (one, other) -> other.mode().isStrongerThan(one.mode()) ? other : one));
    return List.copyOf(strongest.values());
  }

  public boolean isBlind() {
    return steps.stream().anyMatch(step -> !step.blind().isEmpty());
  }
}
