package dev.sluice.migrations.folder;

/**
 * What is sent in one message.
 *
 * @param atomic it leaves nothing behind when it fails
 * @param position where it begins
 */
public record Chunk(String sql, boolean atomic, SourcePosition position) {}
