/** Reads SQL text as far as anybody here has to: statements, where they stand, how they run. */
@NullMarked
package dev.sluice.migrations.sql;

import org.jspecify.annotations.NullMarked;
