/**
 * The engine for folders of plain SQL, by plain JDBC: Liquibase isn't loaded.
 *
 * <ol>
 *   <li>read the folder, and compare it with the ledger and with the history of its own tool
 *   <li>name what stands against a run: an edit, a missing file, a gap in the order
 *   <li>send each migration as its tool would, and write its rows in the same commit
 * </ol>
 */
@NullMarked
package dev.sluice.migrations.plainsql;

import org.jspecify.annotations.NullMarked;
