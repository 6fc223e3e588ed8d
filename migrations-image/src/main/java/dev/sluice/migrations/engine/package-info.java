/**
 * Brings a database to its changelog; the only package that knows Liquibase.
 *
 * <ol>
 *   <li>look by plain JDBC whether the fingerprint of the last run still holds: then nothing is
 *       pending, and Liquibase isn't even loaded
 *   <li>read the changelog
 *   <li>take the lock
 *   <li>run what is pending, each changeset and its ledger row in one commit
 *   <li>read the ledger again: nothing may be pending
 *   <li>enter the revision
 * </ol>
 */
@NullMarked
package dev.sluice.migrations.engine;

import org.jspecify.annotations.NullMarked;
