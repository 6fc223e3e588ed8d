package dev.sluice.authoring.catalog;

/**
 * Something that is known by a name and can have another.
 *
 * @param definition what it is but for its name
 */
public record Named(long oid, ObjectName name, String definition) {}
