/** Wires everything by hand and runs it. */
@NullMarked
package dev.sluice.operator;

import org.jspecify.annotations.NullMarked;
