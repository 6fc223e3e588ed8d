package dev.sluice.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A migration as others look at it: what it asks for, what is applied, and why that differs.
 *
 * @param wanted the revision of its spec; null: the spec can't be read
 * @param applied revisions that its database has, of the target of its spec
 * @param state what its status says
 * @param current whether the status speaks of the spec as it is now
 * @param reason of the condition Ready or Stalled; empty before there is one
 * @param message of the same condition
 */
public record MigrationView(
    @Nullable String wanted,
    List<String> applied,
    State state,
    boolean current,
    String reason,
    String message) {
  public MigrationView {
    applied = List.copyOf(applied);
  }

  /** The states that conditions tell apart. */
  public enum State {
    READY,
    RECONCILING,
    STALLED,
    SUSPENDED,
    UNKNOWN;

    public static State of(DatabaseMigration migration) {
      return of(status(migration));
    }

    private static State of(DatabaseMigrationStatus status) {
      var conditions = status.conditions();
      if (Condition.find(conditions, ConditionTypes.STALLED).isPresent()) {
        return STALLED;
      }
      if (Condition.find(conditions, ConditionTypes.RECONCILING).isPresent()) {
        return RECONCILING;
      }
      return Condition.find(conditions, ConditionTypes.READY)
          .map(ready ->
              ready.status().equals("True")
                  ? READY
                  : Reasons.SUSPENDED.equals(ready.reason()) ? SUSPENDED : UNKNOWN)
          .orElse(UNKNOWN);
    }
  }

  /** {@code wanted} and {@code target} are what the spec comes to; null: it can't be read. */
  public static MigrationView of(
      DatabaseMigration migration, @Nullable String wanted, @Nullable String target) {
    var status = status(migration);
    var state = State.of(status);
    var type = state == State.STALLED ? ConditionTypes.STALLED : ConditionTypes.READY;
    var condition = Condition.find(status.conditions(), type);
    return new MigrationView(
        wanted,
        status.appliedRevisions().stream()
            .filter(a -> a.target().equals(target))
            .map(DatabaseMigrationStatus.AppliedRevision::revision)
            .toList(),
        state,
        Objects.equals(migration.getMetadata().getGeneration(), status.observedGeneration()),
        condition.map(Condition::reason).orElse(""),
        condition.map(Condition::message).orElse(""));
  }

  private static DatabaseMigrationStatus status(DatabaseMigration migration) {
    return Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
  }

  public boolean has(String revision) {
    return applied.contains(revision);
  }
}
