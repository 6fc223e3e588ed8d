/**
 * Facts in, decision out; pure.
 *
 * <ol>
 *   <li>{@link CurrentStatus} is the stored status with everything entered that was observed since:
 *       {@link StatusEntries} enters a new spec and runs that are found, {@link RunEntry} the ends
 *       of runs, by their {@link RunVerdict}.
 *   <li>{@link Decider} chooses one {@link Decision}: {@link InFlight} about a run that goes on,
 *       {@link IdleRules} while there is none, {@link RecheckRules} about {@link Rechecks}.
 *   <li>{@link Housekeeping} is what to tidy beside it.
 *   <li>{@link NextStatus} is the status that reports decision and {@link ActionResult}; {@link
 *       Conditions} alone writes conditions.
 *   <li>{@link Transition} is what changed, for events, log and metrics.
 * </ol>
 *
 * <p>More than 25 types: the steps from facts to a decision, and the records they hand on.
 */
@NullMarked
package dev.sluice.operator.decision;

import org.jspecify.annotations.NullMarked;
