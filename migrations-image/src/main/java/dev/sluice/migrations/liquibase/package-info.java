/**
 * The engine for changelogs of Liquibase; the only package that knows Liquibase.
 *
 * <ol>
 *   <li>read the changelog, with the classes that it brings in {@code lib}
 *   <li>run each pending changeset, its ledger row in the same commit
 *   <li>put what Liquibase throws into the words of the report, without the SQL that it quotes
 * </ol>
 *
 * <p>More than 25 types, in one package so that nothing else of the runner sees Liquibase.
 */
@NullMarked
package dev.sluice.migrations.liquibase;

import org.jspecify.annotations.NullMarked;
