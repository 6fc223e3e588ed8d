package dev.sluice.migrations.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that work on a database, with libpq's defaults under them. */
final class ChangelogOptions extends SourceOptions {
  @Option(
      names = "--out-of-order",
      paramLabel = "Refuse|Allow",
      description =
          "folders: a migration that isn't applied but comes before one that is (default: Refuse)")
  @Nullable String outOfOrder;

  @Option(
      names = "--missing",
      paramLabel = "Refuse|Allow",
      description = "folders: a migration that is applied, and has no file (default: Refuse)")
  @Nullable String missing;

  @Option(
      names = "--edited",
      paramLabel = "Refuse|Allow",
      description =
          "folders: a file that differs from what the adopted history says (default: Refuse)")
  @Nullable String edited;

  @Option(
      names = "--database-ahead",
      paramLabel = "Allow|Refuse",
      description = "the database has migrations after all that the changelog has (default: Allow)")
  @Nullable String databaseAhead;

  @Option(
      names = "--adopt",
      paramLabel = "Auto|Drizzle|Flyway|Never",
      description = "folders: the history of the tool that migrated the database (default: Auto)")
  @Nullable String adopt;

  @Option(
      names = "--history-schema",
      paramLabel = "NAME",
      description = "schema of that history (default: drizzle; Flyway: the current schema)")
  @Nullable String historySchema;

  @Option(
      names = "--history-table",
      paramLabel = "NAME",
      description =
          "table of that history (default: __drizzle_migrations or flyway_schema_history)")
  @Nullable String historyTable;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  /** For a verb that can't do without a database: where none is named, it says how to. */
  Map<String, String> overDatabase(Map<String, String> environment) {
    return over(database.required(environment));
  }

  @Override
  Map<String, String> over(Map<String, String> environment) {
    var merged = super.over(database.over(environment));
    put(merged, "SLUICE_OUT_OF_ORDER", outOfOrder);
    put(merged, "SLUICE_MISSING", missing);
    put(merged, "SLUICE_EDITED", edited);
    put(merged, "SLUICE_DATABASE_AHEAD", databaseAhead);
    put(merged, "SLUICE_ADOPT", adopt);
    put(merged, "SLUICE_HISTORY_SCHEMA", historySchema);
    put(merged, "SLUICE_HISTORY_TABLE", historyTable);
    DatabaseOptions.withDefaults(merged);
    return merged;
  }
}
