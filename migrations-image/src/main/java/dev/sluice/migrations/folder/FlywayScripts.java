package dev.sluice.migrations.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Flyway folder has beside its migrations, and what it says of where they run.
 *
 * @param baselines of which at most one runs, the last, on a new database, in place of all up to it
 * @param callbacks in the order in which they run at their moment
 * @param schemas migrations run in the first
 * @param makesSchemas those that lack are made
 * @param table of Flyway's history; null: its usual one
 * @param naming how the names of scripts are made
 */
public record FlywayScripts(
    List<Migration> baselines,
    List<Callback> callbacks,
    List<String> schemas,
    boolean makesSchemas,
    @Nullable String table,
    FlywayNaming naming) {
  public static final FlywayScripts NONE =
      new FlywayScripts(List.of(), List.of(), List.of(), true, null, FlywayNaming.USUAL);

  public FlywayScripts {
    baselines = List.copyOf(baselines);
    callbacks = List.copyOf(callbacks);
    schemas = List.copyOf(schemas);
  }
}
