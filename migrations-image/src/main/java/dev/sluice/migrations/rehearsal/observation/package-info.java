/**
 * What each step of a replay does to the tables that were there before: locks, scans, rewrites,
 * drops.
 *
 * <ol>
 *   <li>{@link ObserverSchema}: a superuser creates the schema {@code sluice_rehearsal} with one
 *       table of events, the event triggers that write to it, and functions that anybody may call,
 *       which read as the superuser. A known scan must count 1
 *   <li>{@link StatementObserver}, on the session that replays: when a changeset begins, read the
 *       tables that are new, changed or counted since the last one ({@link KnownTables}), and take
 *       an object id: what is older than the changeset has a smaller one
 *   <li>where no transaction is open then, ask before the first step whether it is still so: if it
 *       is, none holds the changeset, and the counters of all time are compared instead (15 and
 *       later)
 *   <li>after each step, read the locks of the session, the counters and files of the locked
 *       tables, and the events since the last look, in one round trip. A scan needs a lock, and a
 *       lock lasts as long as its transaction: so no other table has changed
 *   <li>{@link StepDifference}: what is there now and wasn't before, is the step's
 *   <li>when it is committed, keep what was seen as {@link ChangeSetObservation}
 * </ol>
 *
 * <p>Not seen: a table that is emptied by TRUNCATE after it was rewritten in the same transaction,
 * and what a subtransaction did that was rolled back.
 *
 * <p>More than 25 types: most of them are small records of what was seen.
 */
@NullMarked
package dev.sluice.migrations.rehearsal.observation;

import org.jspecify.annotations.NullMarked;
