package dev.sluice.migrations.folder;

/** A script that Flyway runs at such a moment, and enters nowhere. */
public record Callback(CallbackEvent event, Migration script) {}
