package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.DesiredMigration;

/**
 * A run that is to be drawn.
 *
 * @param runner our own image, where the spec names none
 */
record RunOrder(
    DesiredMigration desired, DatabaseMigrationSpec spec, NextRun plan, String runner) {}
