package dev.sluice.migrations.folder;

/** What is sent at once; atomic when it leaves nothing behind if it fails. */
public record Chunk(String sql, boolean atomic) {}
