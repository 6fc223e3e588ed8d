package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.LedgerObjections;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.MigrationIndex;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a folder that the ledger doesn't know is applied all the same: by a Liquibase that
 * included it from elsewhere, or in the ledger of another schema.
 */
record KnownElsewhere(Folder folder) {
  /** Such rows have no checksum of ours. */
  Optional<Failure> underAnotherPath(List<Row> rows) {
    for (var row : rows) {
      for (var migration : folder.migrations()) {
        if (row.checksum() == null && row.file().endsWith("/" + migration.file())) {
          return Optional.of(LedgerObjections.pathDiffers(migration.path(), row.file()));
        }
      }
    }
    return Optional.empty();
  }

  Optional<Failure> inAnotherSchema(OtherLedgers others) throws SQLException {
    var index = MigrationIndex.of(folder);
    for (var row : others.rows()) {
      var same =
          index
              .find(row.file(), null)
              .map(Migration::checksum)
              .filter(checksum -> checksum.equals(row.checksum()));
      if (same.isPresent()) {
        return Optional.of(LedgerObjections.elsewhere(row, others.ledger()));
      }
    }
    return Optional.empty();
  }
}
