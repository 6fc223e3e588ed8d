package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a folder and the rows of its files in the ledger stand to each other. */
record FolderDiff(
    List<Migration> pending, List<Migration> changed, List<String> gone, List<String> beyond) {
  /** {@code gone} files were applied before one that is still there, {@code beyond} after all. */
  FolderDiff {
    pending = List.copyOf(pending);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
    beyond = List.copyOf(beyond);
  }

  static FolderDiff of(Folder folder, List<Row> rows) {
    var left = new HashMap<String, Row>();
    rows.forEach(row -> left.put(row.file(), row));
    var pending = new ArrayList<Migration>();
    var changed = new ArrayList<Migration>();
    for (var migration : folder.migrations()) {
      var row = left.remove(migration.file());
      var edited =
          row != null && row.checksum() != null && !row.checksum().equals(migration.checksum());
      if (row == null || (edited && migration.isRepeatable())) {
        pending.add(migration);
      } else if (edited) {
        changed.add(migration);
      }
    }
    return withLeft(pending, changed, rows, left);
  }

  /** Rows without our checksum are those of another changelog. */
  private static FolderDiff withLeft(
      List<Migration> pending, List<Migration> changed, List<Row> rows, Map<String, Row> left) {
    var gone = new ArrayList<String>();
    var beyond = new ArrayList<String>();
    for (var row : rows) {
      if (!left.containsKey(row.file())) {
        gone.addAll(beyond);
        beyond.clear();
      } else if (row.checksum() != null) {
        beyond.add(row.file());
      }
    }
    return new FolderDiff(pending, changed, gone, beyond);
  }

  /** A warning each: the database is further than this folder, as after a step back. */
  List<String> ahead() {
    return beyond.stream()
        .map(file -> file + ": is applied, but isn't in the folder: the database is ahead of it")
        .toList();
  }
}
