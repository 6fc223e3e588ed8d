package dev.sluice.migrations.report;

/**
 * Changesets in the changelog for these contexts and labels; those that the ledger lacks; and of
 * those the ones that are no obstacle.
 */
public record Counts(int total, int pending, int skipped) {}
