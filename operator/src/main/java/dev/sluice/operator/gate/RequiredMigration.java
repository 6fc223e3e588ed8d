package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.MigrationView;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
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
}
