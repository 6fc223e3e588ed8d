package dev.sluice.authoring.snapshot;

import dev.sluice.authoring.diff.ConnectionSource;
import java.util.Map;

/**
 * A database whose schema is wanted.
 *
 * @param libpq how pg_dump reaches it
 * @param major of its server
 */
public record LiveSchema(ConnectionSource source, Map<String, String> libpq, int major) {
  public LiveSchema {
    libpq = Map.copyOf(libpq);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "a database of PostgreSQL " + major;
  }
}
