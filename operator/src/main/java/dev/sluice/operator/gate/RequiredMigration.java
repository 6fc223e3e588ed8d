package dev.sluice.operator.gate;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.GateReasons;
import dev.sluice.api.Reasons;
import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.Asked.Understood;
import dev.sluice.operator.observation.SafeText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a migration that a pod names. */
sealed interface RequiredMigration {
  /** There is none of that name in the pod's namespace. */
  record Missing() implements RequiredMigration {}

  /**
   * There is one.
   *
   * @param wanted the revision of its spec; null: the spec can't be read
   * @param applied revisions that its database has, of the target of its spec
   * @param halt why nothing more happens by itself; null: it may go on
   */
  record Present(@Nullable String wanted, List<String> applied, @Nullable Halt halt)
      implements RequiredMigration {
    public Present {
      applied = List.copyOf(applied);
    }
  }

  /** It stands still, by a failure ({@code warning}) or because somebody wants it. */
  record Halt(boolean warning, String reason, String why) {}

  static RequiredMigration of(@Nullable DatabaseMigration migration) {
    if (migration == null) {
      return new Missing();
    }
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    var understood =
        migration.getSpec() != null
                && DesiredMigration.read(migration.getSpec()) instanceof Understood read
            ? read
            : null;
    var halt = halt(status, migration.getMetadata().getGeneration());
    return understood == null
        ? new Present(null, List.of(), halt)
        : new Present(
            understood.input().revision(),
            status.appliedRevisions().stream()
                .filter(a -> understood.input().target().equals(a.target()))
                .map(DatabaseMigrationStatus.AppliedRevision::revision)
                .toList(),
            halt);
  }

  /** Null while the status tells of an older spec: what it says may be over. */
  private static @Nullable Halt halt(DatabaseMigrationStatus status, Long generation) {
    if (!generation.equals(status.observedGeneration())) {
      return null;
    }
    return Condition.find(status.conditions(), ConditionTypes.STALLED)
        .map(c ->
            new Halt(
                true,
                GateReasons.STALLED,
                "has stalled: " + SafeText.cut(c.reason() + ": " + c.message(), 500)))
        .or(() ->
            Condition.find(status.conditions(), ConditionTypes.READY)
                .filter(c -> Reasons.SUSPENDED.equals(c.reason()))
                .map(_ -> new Halt(false, GateReasons.SUSPENDED, "is suspended")))
        .orElse(null);
  }

  /** Empty: it is there. */
  default Optional<Closed> lacks(RequiredRevision requirement) {
    return switch (this) {
      case Missing() ->
          Optional.of(
              new Closed(
                  true,
                  GateReasons.MISSING,
                  "waits for %s: there is no DatabaseMigration %s in this namespace"
                      .formatted(requirement, requirement.migration())));
      case Present(var wanted, var applied, var halt) ->
          applied.contains(requirement.revision())
              ? Optional.empty()
              : Optional.of(closed(requirement, wanted, halt));
    };
  }

  private static Closed closed(
      RequiredRevision requirement, @Nullable String wanted, @Nullable Halt halt) {
    if (wanted != null && !wanted.equals(requirement.revision())) {
      return new Closed(
          true,
          GateReasons.NOT_WANTED,
          "waits for %s, which %s neither has nor wants: its spec says revision %s"
              .formatted(requirement, requirement.migration(), wanted));
    }
    var waits = "waits for " + requirement;
    return halt == null
        ? new Closed(false, GateReasons.WAITING, waits)
        : new Closed(halt.warning(), halt.reason(), waits + ", which " + halt.why());
  }
}
