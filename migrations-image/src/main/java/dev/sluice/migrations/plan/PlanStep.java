package dev.sluice.migrations.plan;

/** A changeset, and the checksum of what it holds. */
public record PlanStep(String name, String checksum) {}
