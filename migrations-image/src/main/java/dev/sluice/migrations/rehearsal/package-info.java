/**
 * Tries migrations on an empty PostgreSQL before they run.
 *
 * <ol>
 *   <li>a throw-away server of the target's major version, with a socket and nothing else
 *   <li>an empty database with the target's roles, as an ordinary role
 *   <li>all changesets from the first one, step by step, by the engine that runs them
 *   <li>and once more, which must run nothing
 *   <li>a verdict, in which a failure counts only where it says something of what is pending
 * </ol>
 *
 * <p>More than 25 types: where it runs (a server, one beside the run, a database that is kept),
 * what the target has, and what a failure means; they meet in {@link Rehearsal}.
 */
@NullMarked
package dev.sluice.migrations.rehearsal;

import org.jspecify.annotations.NullMarked;
