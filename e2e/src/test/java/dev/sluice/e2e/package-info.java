/**
 * Sluice on a whole cluster, as its users see it.
 *
 * <p>One package for many classes: a class per thing that users do, all on {@code harness}.
 */
@NullMarked
package dev.sluice.e2e;

import org.jspecify.annotations.NullMarked;
