package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Goal;

/**
 * A run that is to be drawn.
 *
 * @param runner our own image, where the spec names none
 */
record Errand(Goal goal, DatabaseMigrationSpec spec, Plan plan, String runner) {}
