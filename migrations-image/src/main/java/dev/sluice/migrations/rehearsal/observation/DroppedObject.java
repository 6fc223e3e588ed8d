package dev.sluice.migrations.rehearsal.observation;

/**
 * An object that is gone, and was there before the changeset.
 *
 * @param identity as the server names it
 * @param original whether the statement named it; else it went along
 * @param normal whether something that depends on it the usual way was dropped with it, as by
 *     CASCADE
 */
public record DroppedObject(String objectType, String identity, boolean original, boolean normal) {}
