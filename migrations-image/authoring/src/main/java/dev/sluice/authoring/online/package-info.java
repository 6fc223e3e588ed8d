/**
 * How the statements of a change are dealt out to migrations, so that a database can be used while
 * they run.
 */
@NullMarked
package dev.sluice.authoring.online;

import org.jspecify.annotations.NullMarked;
