package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.MigrationIndex;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which row of the ledger is of which migration of a folder: by the file's very name; else by what
 * its tool knows it by. A file of Drizzle's that was named anew has the text of before.
 */
final class LedgerRows {
  private final Map<String, Row> rows = new HashMap<>();
  private final Set<String> namesOfRows = new HashSet<>();

  private LedgerRows() {}

  static LedgerRows of(Folder folder, List<Row> rows) {
    var found = new LedgerRows();
    var index = MigrationIndex.of(folder);
    for (var row : rows) {
      index.byFile(row.file()).ifPresent(migration -> found.put(migration, row));
    }
    var byFile = Set.copyOf(found.rows.keySet());
    for (var row : rows) {
      if (!found.isOfFolder(row)) {
        index
            .byTool(row.file(), row.when())
            .filter(m -> folder.layout() == Layout.FLYWAY || isSame(m, row, byFile))
            .ifPresent(migration -> found.putUnless(byFile, migration, row));
      }
    }
    return found;
  }

  private static boolean isSame(Migration migration, Row row, Set<String> byFile) {
    return migration.checksum().equals(row.checksum()) && !byFile.contains(migration.file());
  }

  private void put(Migration migration, Row row) {
    rows.put(migration.file(), row);
    namesOfRows.add(row.file());
  }

  /** A row of a name that a migration had before is of the folder, and another one counts. */
  private void putUnless(Set<String> byFile, Migration migration, Row row) {
    if (byFile.contains(migration.file())) {
      namesOfRows.add(row.file());
    } else {
      put(migration, row);
    }
  }

  /** Empty when the ledger has none. */
  Optional<Row> of(Migration migration) {
    return Optional.ofNullable(rows.get(migration.file()));
  }

  boolean isOfFolder(Row row) {
    return namesOfRows.contains(row.file());
  }

  /** Of the folder, those that have a row. */
  Set<String> files() {
    return rows.keySet();
  }
}
