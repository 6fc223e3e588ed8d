/** Sockets that notice within half a minute that the other end is gone. */
@NullMarked
package dev.sluice.migrations.postgres.socket;

import org.jspecify.annotations.NullMarked;
