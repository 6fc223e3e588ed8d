package dev.sluice.migrations.report;

/**
 * Changesets in the changelog for these contexts and labels; those that the ledger lacks; and of
 * those the ones that are no obstacle.
 */
public record ChangeSetCounts(int total, int pending, int skipped) {}
