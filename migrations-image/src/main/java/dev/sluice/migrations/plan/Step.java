package dev.sluice.migrations.plan;

/** A changeset, and the checksum of what it holds. */
public record Step(String name, String checksum) {}
