/**
 * Faults between the operator and a real API server.
 *
 * <ol>
 *   <li>{@link FaultNamespace} is a namespace with everything that plays in it.
 *   <li>{@link OperatorRestarts} keeps an operator running; each of its operators talks through a
 *       {@link FaultProxy}, which does what the {@link FaultScript} says.
 *   <li>{@link SimulatedCluster} plays the Job controller, the kubelet and the database.
 *   <li>{@link Invariants} looks at every event of migrations and Jobs.
 * </ol>
 *
 * <p>One package for many classes, because all of them play together in each test.
 */
@NullMarked
package dev.sluice.operator.faults;

import org.jspecify.annotations.NullMarked;
