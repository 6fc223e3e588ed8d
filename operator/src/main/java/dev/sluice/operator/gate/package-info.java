/** Holds pods back until the revision that they require is applied. */
@NullMarked
package dev.sluice.operator.gate;

import org.jspecify.annotations.NullMarked;
