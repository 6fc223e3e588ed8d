/** What happens in a run, as events for whoever listens: the log, the report, the probe ports. */
@NullMarked
package dev.sluice.migrations.event;

import org.jspecify.annotations.NullMarked;
