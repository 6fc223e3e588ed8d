/** What makes a short run start sooner, without changing what it does. */
@NullMarked
package dev.sluice.migrations.postgres.startup;

import org.jspecify.annotations.NullMarked;
