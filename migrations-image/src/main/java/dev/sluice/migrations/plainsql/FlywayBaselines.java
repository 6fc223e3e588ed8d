package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.MigrationIndex;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether a database begins, or has begun, with a baseline script of a Flyway folder. */
final class FlywayBaselines {
  private FlywayBaselines() {}

  /**
   * The folder as it is for this database.
   *
   * <ol>
   *   <li>the ledger or Flyway's history has a baseline script: without what that stands for
   *   <li>neither has anything of the folder: the last one, and what comes after it
   *   <li>else: without any
   * </ol>
   */
  static Folder chosen(Folder folder, List<Row> rows, ToolHistory history) throws SQLException {
    if (folder.baselines().isEmpty()) {
      return folder;
    }
    var begun = entered(folder, rows);
    if (begun.isEmpty() && history instanceof FlywayHistory flyway) {
      begun = flyway.baseline(folder);
    }
    if (begun.isEmpty() && isNew(folder, rows, history)) {
      begun = Optional.of(folder.baselines().getLast());
    }
    return begun.map(folder::begunWith).orElse(folder);
  }

  private static boolean isNew(Folder folder, List<Row> rows, ToolHistory history)
      throws SQLException {
    var index = MigrationIndex.of(folder);
    return rows.stream().noneMatch(row -> index.find(row.file(), row.when()).isPresent())
        && !(history instanceof FlywayHistory flyway && !flyway.isEmpty());
  }

  private static Optional<Migration> entered(Folder folder, List<Row> rows) {
    return folder.baselines().reversed().stream()
        .filter(baseline -> rows.stream().anyMatch(row -> row.file().equals(baseline.file())))
        .findFirst();
  }
}
