package dev.sluice.migrations.rehearsal.observation;

import java.util.List;
import java.util.Map;

/**
 * What there is after a step.
 *
 * @param transaction the one that is open, or that of the look itself
 * @param locks the strongest lock of the session on each table, by the table's id
 * @param tables facts of those tables, or of all
 * @param events since the look before
 * @param blindness why less is seen than usual; empty if nothing is in the way
 */
record Look(
    String transaction,
    long lastEvent,
    Map<Long, LockMode> locks,
    Map<Long, TableFacts> tables,
    List<Event> events,
    String blindness) {}
