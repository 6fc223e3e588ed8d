package dev.sluice.migrations.engine;

/**
 * One statement of a replay, or one chunk of a folder's file.
 *
 * @param changeSet its name, as everywhere: {@code file::id::author}, or that of a migration
 * @param file the path below the root
 * @param number counted from 1, in its changeset
 * @param line where it begins in the file; 0 when that isn't known
 * @param sql as it is sent
 */
public record ReplayStep(String changeSet, String file, int number, int line, String sql) {}
