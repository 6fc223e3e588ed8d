/**
 * A run from connecting to its report, whatever the kind of changelog; each kind is an {@link
 * Engine} of its own, behind the port {@link Engines}.
 *
 * <ol>
 *   <li>{@link OnSession}: connect, and let a stop cancel what runs
 *   <li>see by plain JDBC whether the fingerprint of the last run still holds: then nothing is
 *       pending, and Liquibase isn't even loaded
 *   <li>read the changelog, and check the approval where one is needed
 *   <li>have what is pending rehearsed elsewhere ({@link RehearsalGate}), where that is wanted
 *   <li>take the lock, and run what is pending
 *   <li>read the ledger again: nothing may be pending
 *   <li>enter the revision
 * </ol>
 *
 * <p>More than 25 types: what a run is asked for, the port, and the steps of a run only make sense
 * together; each is small.
 */
@NullMarked
package dev.sluice.migrations.engine;

import org.jspecify.annotations.NullMarked;
