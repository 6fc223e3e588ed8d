package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.MigrationView;
import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.gate.GateDecision.Hold;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A migration that a pod names. */
sealed interface RequiredMigration {
  /** There is none of that name in the pod's namespace. */
  record Missing() implements RequiredMigration {}

  /** There is one. */
  record Present(MigrationView view) implements RequiredMigration {}

  static RequiredMigration of(@Nullable DatabaseMigration migration) {
    if (migration == null) {
      return new Missing();
    }
    return migration.getSpec() != null
            && DesiredMigration.read(migration.getSpec()) instanceof Understood(_, var input)
        ? new Present(MigrationView.of(migration, input.revision(), input.target()))
        : new Present(MigrationView.of(migration, null, null));
  }

  /** Why the revision isn't there; empty: it is. */
  default Optional<Closed> missing(RequiredRevision required) {
    return switch (this) {
      case Missing() ->
          Optional.of(
              new Closed(
                  Hold.MISSING,
                  "waits for %s: there is no DatabaseMigration %s in this namespace"
                      .formatted(required, required.migration())));
      case Present(var view) ->
          view.has(required.revision()) ? Optional.empty() : Optional.of(closed(required, view));
    };
  }

  private static Closed closed(RequiredRevision required, MigrationView view) {
    var wanted = view.wanted();
    if (wanted != null && !wanted.equals(required.revision())) {
      return new Closed(
          Hold.NOT_WANTED,
          "waits for %s: %s has not applied %s; its spec asks for %s"
              .formatted(required, required.migration(), required.revision(), wanted));
    }
    var waits = "waits for " + required;
    if (!view.current()) {
      // what the status says of an older spec may be over
      return new Closed(Hold.WAITING, waits);
    }
    return switch (view.state()) {
      case STALLED ->
          new Closed(
              Hold.STALLED,
              waits
                  + ", which has stalled: "
                  + SafeText.cut(view.reason() + ": " + view.message(), 500));
      case SUSPENDED -> new Closed(Hold.SUSPENDED, waits + ", which is suspended");
      case READY, RECONCILING, UNKNOWN -> new Closed(Hold.WAITING, waits);
    };
  }
}
