/**
 * The study: facts in, decision out; pure.
 *
 * <ol>
 *   <li>{@link Observation} holds every fact: the {@link DesiredMigration}, the status as written
 *       last, the runs as their Jobs and pods show them, and the time.
 *   <li>{@link CurrentStatus} enters the ends of runs into that status: who succeeded, what counts.
 *   <li>{@link Decider} chooses one {@link Decision} from it.
 *   <li>{@link NextStatus} is the status that tells it; {@link Conditions} alone writes conditions.
 *   <li>{@link Housekeeping} keeps finalizer and old Jobs tidy; {@link Transition} says what is
 *       news.
 * </ol>
 */
@NullMarked
package dev.sluice.operator.decision;

import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import org.jspecify.annotations.NullMarked;
