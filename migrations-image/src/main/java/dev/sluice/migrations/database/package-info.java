/**
 * One PostgreSQL as the rest of the program sees it: where it is, how long to try, what ends a try.
 * The port; {@code postgres} is behind it.
 */
@NullMarked
package dev.sluice.migrations.database;

import org.jspecify.annotations.NullMarked;
