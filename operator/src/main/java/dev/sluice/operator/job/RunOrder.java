package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.observation.DesiredMigration;

/**
 * A run that is to be drawn.
 *
 * @param runner our own image, where the spec names none
 */
record RunOrder(DesiredMigration goal, DatabaseMigrationSpec spec, Plan plan, String runner) {}
