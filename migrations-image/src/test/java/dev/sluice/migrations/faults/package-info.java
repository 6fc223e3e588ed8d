/**
 * What may happen to a run, done to it: a wire between the runner and a real PostgreSQL counts the
 * round trips, and at one of them the runner is killed, stopped or frozen, or the connection cut.
 *
 * <ol>
 *   <li>one run without a fault tells how many round trips there are
 *   <li>each of them gets a run of its own, in which the fault happens there
 *   <li>after each the {@link Aftermath} must hold
 * </ol>
 */
package dev.sluice.migrations.faults;
