/** Writes the schema of a database as SQL, and makes one migration of many. */
@NullMarked
package dev.sluice.authoring.snapshot;

import org.jspecify.annotations.NullMarked;
