package dev.sluice.migrations.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Flyway folder has beside its migrations, and what it says of where they run.
 *
 * @param baselines of which at most one runs, the last, on a new database, in place of all up to it
 * @param callbacks in the order in which they run at their moment
 * @param schemas that are made where they lack; migrations run in the first
 * @param table of Flyway's history; null: its usual one
 */
public record FlywayScripts(
    List<Migration> baselines,
    List<Callback> callbacks,
    List<String> schemas,
    @Nullable String table) {
  public static final FlywayScripts NONE = new FlywayScripts(List.of(), List.of(), List.of(), null);

  public FlywayScripts {
    baselines = List.copyOf(baselines);
    callbacks = List.copyOf(callbacks);
    schemas = List.copyOf(schemas);
  }
}
