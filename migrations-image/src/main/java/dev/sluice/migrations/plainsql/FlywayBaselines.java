package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a database begins, or has begun, with a baseline script of a Flyway folder. */
final class FlywayBaselines {
  private FlywayBaselines() {}

  /** Asked only where it matters. */
  @FunctionalInterface
  interface HistoryLookup {
    ToolHistory find() throws SQLException;
  }

  /**
   * The folder as it is for this database.
   *
   * <ol>
   *   <li>the ledger or Flyway's history has a baseline script: without what that stands for, be
   *       the script still there or not
   *   <li>neither has anything with a version: the last one, and what comes after it
   *   <li>else: without any
   * </ol>
   */
  static Folder chosen(Folder folder, List<Row> rows, HistoryLookup lookup) throws SQLException {
    var begun = begun(folder, rows);
    if (begun.isPresent()) {
      return at(folder, begun.get());
    }
    if (folder.baselines().isEmpty()) {
      return folder;
    }
    var history = lookup.find();
    if (history instanceof FlywayHistory flyway) {
      var ofFlyway = flyway.baseline(folder);
      if (ofFlyway.isPresent()) {
        return folder.begunWith(ofFlyway.get());
      }
    }
    return isNew(folder, rows, history) ? folder.begunWith(folder.baselines().getLast()) : folder;
  }

  private static Folder at(Folder folder, FlywayVersion version) {
    return folder.baselines().stream()
        .filter(baseline ->
            folder.baselineOf(baseline.file()).filter(v -> v.compareTo(version) == 0).isPresent())
        .findFirst()
        .map(folder::begunWith)
        .orElseGet(() -> folder.begunAt(version.text()));
  }

  private static Optional<FlywayVersion> begun(Folder folder, List<Row> rows) {
    return rows.stream()
        .flatMap(row -> folder.baselineOf(row.file()).stream())
        .max(Comparator.naturalOrder());
  }

  private static boolean isNew(Folder folder, List<Row> rows, ToolHistory history)
      throws SQLException {
    return rows.stream().noneMatch(row -> folder.isVersioned(row.file()))
        && !(history instanceof FlywayHistory flyway && flyway.hasVersions());
  }
}
