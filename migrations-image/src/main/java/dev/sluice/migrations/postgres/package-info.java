/**
 * One PostgreSQL, by plain JDBC; the only package that knows pgjdbc.
 *
 * <ol>
 *   <li>connect to a writable server, with credentials read anew at each attempt
 *   <li>refuse a pooler in transaction mode, then set the session up
 *   <li>read {@code sluice_revision} and the ledger: is anything pending at all?
 *   <li>take the advisory lock on the work connection, and under it Liquibase's own lock row
 * </ol>
 *
 * <p>More than 25 types, in one package so that none of them is visible beyond it without need;
 * TLS, sockets and start-up have packages of their own.
 */
@NullMarked
package dev.sluice.migrations.postgres;

import org.jspecify.annotations.NullMarked;
