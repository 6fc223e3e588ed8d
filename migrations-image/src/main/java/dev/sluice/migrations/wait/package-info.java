/**
 * {@code sluice wait}: an init container that ends when all revisions that it was given are
 * applied. Uses java.base alone, for every pod pays its start.
 *
 * <ol>
 *   <li>look at each migration, as the API server has it stored
 *   <li>say what is waited for, when that has changed
 *   <li>watch the first that lacks its revision, until it seems to be there; then look again
 * </ol>
 *
 * A revision is there when it is among {@code status.appliedRevisions} for {@code status.target},
 * and that status speaks of the spec as it is now. Ready isn't asked.
 */
@NullMarked
package dev.sluice.migrations.wait;

import org.jspecify.annotations.NullMarked;
