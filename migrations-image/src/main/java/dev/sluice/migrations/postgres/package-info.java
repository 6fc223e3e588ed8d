/**
 * One PostgreSQL, by plain JDBC; the only package that knows pgjdbc.
 *
 * <ol>
 *   <li>connect to a writable server, with credentials read anew at each attempt
 *   <li>refuse a pooler in transaction mode, then set the session up
 *   <li>read {@code sluice_revision} and the ledger: is anything pending at all?
 *   <li>take the advisory lock on the work connection, and under it Liquibase's own lock row
 * </ol>
 */
@NullMarked
package dev.sluice.migrations.postgres;

import org.jspecify.annotations.NullMarked;
