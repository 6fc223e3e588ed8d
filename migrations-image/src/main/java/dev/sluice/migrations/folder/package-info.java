/**
 * Folders of plain SQL as other tools keep them, read from disk; knows neither database nor
 * Liquibase.
 *
 * <ol>
 *   <li>tell the layout: Drizzle's journal, drizzle-kit v1's folders, or Flyway's names
 *   <li>list the migrations in the order in which their tool runs them
 *   <li>compare them with {@code sluice.sum}, if it is there
 *   <li>find out how each has to run: in a transaction, without one, or in one that it ends itself
 * </ol>
 *
 * What can't be read as the tool would read it is refused with the file's name; nothing is passed
 * over in silence.
 *
 * <p>More than 25 types: three layouts, Flyway's settings, their digests and statements, and the
 * sums; each is small.
 */
@NullMarked
package dev.sluice.migrations.folder;

import org.jspecify.annotations.NullMarked;
