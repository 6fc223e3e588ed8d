package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.event.RunEventSink;

/** What goes along with all work: what may end it early, and who hears of it. */
public record RunContext(Stop stop, RunEventSink events) {}
