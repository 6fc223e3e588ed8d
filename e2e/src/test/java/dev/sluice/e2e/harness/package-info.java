/**
 * What the end-to-end tests stand on.
 *
 * <ol>
 *   <li>{@link dev.sluice.e2e.harness.ClusterChoice} takes the first cluster that can be had.
 *   <li>{@link dev.sluice.e2e.harness.Stage} is made once: images built and loaded, Sluice
 *       installed, a PostgreSQL started.
 *   <li>{@link dev.sluice.e2e.harness.Site} is a test class's own namespace on it, with what a team
 *       would do there.
 *   <li>{@link dev.sluice.e2e.harness.OnCluster} hands it to the tests, and collects what there is
 *       to see when one fails.
 * </ol>
 *
 * <p>One package for many classes, because a test needs nearly all of them.
 */
@NullMarked
package dev.sluice.e2e.harness;

import org.jspecify.annotations.NullMarked;
