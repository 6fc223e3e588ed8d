/** A throw-away server with what the migrations make, what is wanted, and copies of both. */
@NullMarked
package dev.sluice.authoring.scratch;

import org.jspecify.annotations.NullMarked;
