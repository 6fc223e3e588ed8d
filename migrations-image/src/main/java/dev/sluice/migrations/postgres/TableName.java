package dev.sluice.migrations.postgres;

import org.jspecify.annotations.Nullable;

/** The name of a table as it is configured; a part that is null has its default. */
public record TableName(@Nullable String schema, @Nullable String table) {
  public static final TableName DEFAULT = new TableName(null, null);

  /** Each part, or the other's where this one doesn't say. */
  public TableName or(@Nullable String otherSchema, @Nullable String otherTable) {
    return new TableName(schema == null ? otherSchema : schema, table == null ? otherTable : table);
  }
}
