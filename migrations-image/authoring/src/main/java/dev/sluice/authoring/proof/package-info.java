/** Runs a change on a copy that has rows, and compares again. */
@NullMarked
package dev.sluice.authoring.proof;

import org.jspecify.annotations.NullMarked;
