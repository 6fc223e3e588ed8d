package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.FlywayHistoryTable;
import dev.sluice.migrations.postgres.FlywayHistoryTable.Entry;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What Flyway has applied. */
record FlywayHistory(FlywayHistoryTable table) implements ToolHistory {
  @Override
  public Optional<String> claim(List<Migration> pending, boolean ledgerIsEmpty)
      throws SQLException {
    var scripts = new HashSet<>(table.scripts());
    return ToolHistory.claim(
        table.table(),
        scripts.size(),
        pending.stream().filter(m -> !m.isRepeatable() || ledgerIsEmpty).toList(),
        migration ->
            migration.tool() instanceof ToolIdentity.Flyway flyway
                && scripts.contains(flyway.script()),
        ledgerIsEmpty);
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return migration.tool()
            instanceof ToolIdentity.Flyway(var version, var description, var script, var checksum)
        ? Optional.of(
            table.entry(new FlywayHistoryTable.Row(version, description, script, checksum), millis))
        : Optional.empty();
  }

  @Override
  public Differences differences(Folder folder) throws SQLException {
    var entries = table.entries();
    var missing = new ArrayList<String>();
    var failed = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var migration : folder.migrations()) {
      if (!(migration.tool() instanceof ToolIdentity.Flyway tool) || isBaselined(tool, entries)) {
        continue;
      }
      var last = entries.stream().filter(e -> e.script().equals(tool.script())).reduce((_, e) -> e);
      if (last.isEmpty()) {
        missing.add(migration.file());
      } else if (!last.get().success()) {
        failed.add(migration.file());
      } else if (last.get().checksum() == null || last.get().checksum() != tool.checksum()) {
        edited.add(migration.file());
      }
    }
    return new Differences(table.table(), folder.migrations().size(), missing, failed, edited);
  }

  private static boolean isBaselined(ToolIdentity.Flyway tool, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.type().equals("BASELINE"))
        .map(Entry::version)
        .anyMatch(version -> version != null && tool.isUpTo(version));
  }
}
