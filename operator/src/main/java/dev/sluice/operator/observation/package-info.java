/**
 * What is known before anything is decided; pure.
 *
 * <ol>
 *   <li>{@link Observation} holds every fact of one reconcile.
 *   <li>{@link DesiredMigration} is what the object asks for, {@link Input} what of it decides
 *       whether to run.
 *   <li>{@link ObservedRun} is a run as its Job and pod show it, {@link RunEnd} how it ended,
 *       {@link Obstacle} what keeps it from starting.
 *   <li>{@link OtherMigration} is another migration of the same database.
 * </ol>
 */
@NullMarked
package dev.sluice.operator.observation;

import org.jspecify.annotations.NullMarked;
