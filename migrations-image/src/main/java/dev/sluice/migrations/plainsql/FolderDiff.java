package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a folder and the rows of its files in the ledger stand to each other.
 *
 * @param applied files of the folder of which the ledger has a row
 * @param gone files that were applied before one that is still there
 * @param beyond files that were applied after all that are still there
 */
record FolderDiff(
    Set<String> applied,
    List<Migration> pending,
    List<Migration> changed,
    List<String> gone,
    List<String> beyond) {
  FolderDiff {
    applied = Set.copyOf(applied);
    pending = List.copyOf(pending);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
    beyond = List.copyOf(beyond);
  }

  static FolderDiff of(Folder folder, List<Row> rows) {
    var rowsOf = LedgerRows.of(folder, rows);
    var pending = new ArrayList<Migration>();
    var changed = new ArrayList<Migration>();
    for (var migration : folder.migrations()) {
      var row = rowsOf.of(migration);
      var edited =
          row.map(Row::checksum).filter(sum -> !sum.equals(migration.checksum())).isPresent();
      if (row.isEmpty() || (edited && migration.isRepeatable())) {
        pending.add(migration);
      } else if (edited && !migration.isBaseline()) {
        changed.add(migration);
      }
    }
    var squashed = squashed(folder, rows);
    var known =
        rows.stream()
            .filter(row -> rowsOf.isOfFolder(row) || !isUpTo(folder, row, squashed))
            .toList();
    return withLeft(rowsOf, pending, changed, known);
  }

  /** The version of a baseline script that all migrations up to it were applied before. */
  private static Optional<FlywayVersion> squashed(Folder folder, List<Row> rows) {
    var applied = rows.stream().flatMap(row -> folder.versionOf(row.file()).stream()).toList();
    return folder.baselineVersions().stream()
        .filter(version -> applied.stream().anyMatch(other -> other.compareTo(version) == 0))
        .max(Comparator.naturalOrder());
  }

  private static boolean isUpTo(Folder folder, Row row, Optional<FlywayVersion> squashed) {
    return squashed
        .flatMap(last -> folder.versionOf(row.file()).filter(own -> own.compareTo(last) <= 0))
        .isPresent();
  }

  /** Rows without our checksum are those of another changelog. */
  private static FolderDiff withLeft(
      LedgerRows rowsOf, List<Migration> pending, List<Migration> changed, List<Row> rows) {
    var gone = new ArrayList<String>();
    var beyond = new ArrayList<String>();
    for (var row : rows) {
      if (rowsOf.isOfFolder(row)) {
        gone.addAll(beyond);
        beyond.clear();
      } else if (row.checksum() != null) {
        beyond.add(row.file());
      }
    }
    return new FolderDiff(rowsOf.files(), pending, changed, gone, beyond);
  }
}
