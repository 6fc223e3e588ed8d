package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tool has never run here. */
record NoHistory(String table) implements ToolHistory {
  @Override
  public Optional<String> claim(List<Migration> pending, boolean ledgerIsEmpty) {
    return Optional.empty();
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return Optional.empty();
  }

  @Override
  public Differences differences(Folder folder) {
    var all = folder.migrations().stream().map(Migration::file).toList();
    return new Differences(table, all.size(), all, List.of(), List.of());
  }
}
