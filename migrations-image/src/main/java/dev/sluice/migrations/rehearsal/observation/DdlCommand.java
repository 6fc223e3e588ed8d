package dev.sluice.migrations.rehearsal.observation;

/**
 * A DDL command that ended well.
 *
 * @param tag such as {@code ALTER TABLE}; for CREATE INDEX CONCURRENTLY it is {@code CREATE INDEX}
 * @param objectType such as {@code table}
 * @param identity the object as the server names it; empty where it names none, as for a GRANT
 * @param existing whether the object is older than the changeset
 */
public record DdlCommand(String tag, String objectType, String identity, boolean existing) {}
