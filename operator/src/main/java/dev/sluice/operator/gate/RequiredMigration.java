package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.MigrationView;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Input;
import org.jspecify.annotations.Nullable;

/** A migration that a pod names. */
sealed interface RequiredMigration {
  /** There is none of that name in the pod's namespace. */
  record Missing() implements RequiredMigration {}

  /** There is one. */
  record Present(MigrationView view) implements RequiredMigration {}

  /**
   * Only what a gate asks for is worked out, and only what the status doesn't have: a scrape does
   * this for every migration.
   */
  static RequiredMigration of(@Nullable DatabaseMigration migration) {
    if (migration == null) {
      return new Missing();
    }
    var spec = migration.getSpec();
    var status = migration.getStatus();
    if (spec != null
        && status != null
        && status.target() != null
        && migration.getMetadata().getGeneration().equals(status.observedGeneration())) {
      return new Present(MigrationView.of(migration, status.revision(), status.target()));
    }
    return spec == null || DesiredMigration.missing(spec).isPresent()
        ? new Present(MigrationView.of(migration, null, null))
        : new Present(
            MigrationView.of(migration, Input.revision(spec).orElse(null), Input.target(spec)));
  }
}
