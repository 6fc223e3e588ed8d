/** Sluice on a whole cluster, as its users see it. */
@NullMarked
package dev.sluice.e2e;

import org.jspecify.annotations.NullMarked;
