package dev.sluice.authoring.generate;

import dev.sluice.authoring.loss.AllowedLosses;
import dev.sluice.authoring.rename.Asking;
import dev.sluice.authoring.rename.Settlements;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.migrations.folder.Layout;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be generated.
 *
 * @param path of the folder, below the root
 * @param whereEmpty the layout of a folder that has nothing yet
 * @param parameters for Flyway's placeholders
 * @param schema what is wanted, as SQL
 * @param schemaName of its file, for people
 * @param major of PostgreSQL; null: the newest that is there
 * @param findRenames else what is gone is dropped, and what is new is added
 * @param plain the short form, which may lock tables that are in use for long
 * @param dryRun nothing is written
 */
public record GenerateRequest(
    Path root,
    String path,
    Layout whereEmpty,
    Map<String, String> parameters,
    MigrationName name,
    String schema,
    String schemaName,
    @Nullable Integer major,
    boolean findRenames,
    Settlements settlements,
    Asking asking,
    AllowedLosses allowed,
    boolean plain,
    boolean dryRun) {
  public GenerateRequest {
    parameters = Map.copyOf(parameters);
  }
}
