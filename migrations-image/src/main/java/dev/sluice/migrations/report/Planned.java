package dev.sluice.migrations.report;

/** A plan in short; the log has all of it. */
public record Planned(String digest, int changeSets) {}
