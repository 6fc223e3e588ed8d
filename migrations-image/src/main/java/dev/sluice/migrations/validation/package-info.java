/**
 * Checks of a folder that take a throw-away server or version control: what its custom migrations
 * change, and what two branches make together.
 */
@NullMarked
package dev.sluice.migrations.validation;

import org.jspecify.annotations.NullMarked;
