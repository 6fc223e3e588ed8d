/**
 * What differs between two databases, and the statements that make one like the other. Only {@link
 * SchemaDiff} knows pgcodekeeper.
 */
@NullMarked
package dev.sluice.authoring.diff;

import org.jspecify.annotations.NullMarked;
