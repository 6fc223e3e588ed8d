/** The report: what a run says at its end, in at most 4,096 bytes, and what may be said. */
@NullMarked
package dev.sluice.migrations.report;

import org.jspecify.annotations.NullMarked;
