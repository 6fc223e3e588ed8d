/** The letter that comes back: what a run says at its end, in at most 2,048 bytes. */
@NullMarked
package dev.sluice.migrations.report;

import org.jspecify.annotations.NullMarked;
