package dev.sluice.migrations.rehearsal.observation;

/**
 * The strongest lock that a changeset has on a table.
 *
 * @param step the number of the step that took it
 */
public record TableLock(TableName table, LockMode mode, int step) {}
