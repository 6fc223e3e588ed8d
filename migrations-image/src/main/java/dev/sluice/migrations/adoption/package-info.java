/**
 * What the history of a folder's own tool says of its migrations, and what of that the ledger takes
 * over. Pure: rows and files in, a result out.
 *
 * <ol>
 *   <li>each row of the history is matched with a migration of the folder, as the tool itself would
 *   <li>a match that leaves no doubt is taken over, unless the ledger has that migration already
 *   <li>everything else is a doubt, which stops the run before anything is written
 * </ol>
 */
@NullMarked
package dev.sluice.migrations.adoption;

import org.jspecify.annotations.NullMarked;
