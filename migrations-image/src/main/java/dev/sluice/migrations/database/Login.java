package dev.sluice.migrations.database;

import dev.sluice.migrations.credentials.Credentials;

/** A login that was fetched, and where it leads; nobody has tried it. */
public record Login(Address address, SslMode sslMode, Credentials credentials) {}
