package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every fact that a decision rests on. A run that the status names and {@code runs} does not have
 * is gone for certain: the observer asked the API server itself.
 *
 * @param runs of this name, other uids included
 * @param neighbours of the same namespace and database
 * @param required revisions of this migration that pods of its namespace require
 */
public record Observation(
    DesiredMigration desired,
    DatabaseMigrationStatus status,
    List<ObservedRun> runs,
    List<OtherMigration> neighbours,
    List<String> required,
    Instant now) {
  public Observation {
    runs = List.copyOf(runs);
    neighbours = List.copyOf(neighbours);
    required = List.copyOf(required);
  }

  /** The one whose turn it is. */
  public Optional<OtherMigration> ahead() {
    return neighbours.stream().filter(n -> n.isBefore(desired)).findFirst();
  }

  /** The Job of which only the API server knows whether it is there still: its end isn't stored. */
  public static Optional<String> inDoubt(DatabaseMigrationStatus status) {
    var last = status.lastRun();
    return Optional.ofNullable(status.job()).filter(job -> last == null || !last.job().equals(job));
  }

  /**
   * The Job that must be there if the API server has it, whatever a cache says: that of the latest
   * run, whose end isn't stored, or which gets an owner before its object goes.
   */
  public static Optional<String> inDoubt(DatabaseMigrationStatus status, boolean deleting) {
    return deleting ? Optional.ofNullable(status.job()) : inDoubt(status);
  }

  /** Runs of this very object, oldest first. */
  public List<ObservedRun> own() {
    return runs.stream()
        .filter(r -> r.uid().equals(desired.uid()))
        .sorted(Comparator.comparingLong(ObservedRun::number))
        .toList();
  }

  /** The run that isn't over. */
  public Optional<ObservedRun> active() {
    return own().reversed().stream().filter(r -> !r.over()).findFirst();
  }

  /** Whether its Job is being deleted; a cache that lags may still show it untouched. */
  public boolean leaving(ObservedRun run) {
    return run.leaving()
        || (status.lastRun() != null && status.lastRun().job().equals(run.job()))
        || (status.run() != null && run.number() < status.run());
  }

  /** Larger than every number that was used. */
  public long nextNumber() {
    var seen = own().stream().mapToLong(ObservedRun::number).max().orElse(0);
    var known = status.run() == null ? 0 : status.run();
    return Math.max(seen, known) + 1;
  }
}
