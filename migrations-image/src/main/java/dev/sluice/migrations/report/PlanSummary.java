package dev.sluice.migrations.report;

/** A plan in short; the log has all of it. */
public record PlanSummary(String digest, int changeSets) {}
