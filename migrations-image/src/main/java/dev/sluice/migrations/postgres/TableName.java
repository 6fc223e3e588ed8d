package dev.sluice.migrations.postgres;

import org.jspecify.annotations.Nullable;

/** The name of a table as it is configured; a part that is null has its default. */
public record TableName(@Nullable String schema, @Nullable String table) {
  public static final TableName DEFAULT = new TableName(null, null);
}
