package dev.sluice.migrations.engine;

import dev.sluice.migrations.postgres.TableName;
import org.jspecify.annotations.Nullable;

/**
 * How a run deals with a database that was migrated before.
 *
 * @param table the history of the folder's tool, where it isn't in its usual place
 * @param baselineTo the last migration that counts as applied in a database without any history
 */
public record HistoryRequest(AdoptMode adopt, TableName table, @Nullable String baselineTo) {
  public static final HistoryRequest USUAL =
      new HistoryRequest(AdoptMode.AUTO, TableName.DEFAULT, null);

  /** It asks for something that a Liquibase changelog hasn't got. */
  boolean isForFolders() {
    return adopt == AdoptMode.DRIZZLE
        || adopt == AdoptMode.FLYWAY
        || !table.equals(TableName.DEFAULT)
        || baselineTo != null;
  }
}
