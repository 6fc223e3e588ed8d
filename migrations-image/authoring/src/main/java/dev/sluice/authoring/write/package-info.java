/**
 * Writes into folders of Drizzle and Flyway, beside the readers of the runner: all files of a
 * change or none.
 */
@NullMarked
package dev.sluice.authoring.write;

import org.jspecify.annotations.NullMarked;
