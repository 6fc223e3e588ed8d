/**
 * Faults between the operator and a real API server.
 *
 * <ol>
 *   <li>{@link World} is a namespace with everything that plays in it.
 *   <li>{@link Life} keeps an operator running; each of its operators talks through a {@link
 *       FaultProxy}, which does what the {@link Script} says.
 *   <li>{@link Player} plays the Job controller, the kubelet and the database.
 *   <li>{@link Invariants} looks at every event of migrations and Jobs.
 * </ol>
 */
@NullMarked
package dev.sluice.operator.faults;

import org.jspecify.annotations.NullMarked;
