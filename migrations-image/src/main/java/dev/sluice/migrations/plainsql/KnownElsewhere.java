package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.LedgerObjections;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a folder that the ledger doesn't know is applied all the same: under another path, or in
 * the ledger of another schema. A file is known by its name and its checksum.
 */
record KnownElsewhere(Folder folder) {
  Optional<Failure> underAnotherPath(List<Row> rows) {
    for (var row : rows) {
      var own = migration(row.file(), row.checksum());
      if (own.isPresent()) {
        return own.map(file -> LedgerObjections.pathDiffers(file.file(), row.file()));
      }
    }
    return Optional.empty();
  }

  Optional<Failure> inAnotherSchema(OtherLedgers others) throws SQLException {
    for (var row : others.rows()) {
      if (migration(row.file(), row.checksum()).isPresent()) {
        return Optional.of(LedgerObjections.elsewhere(row, others.ledger()));
      }
    }
    return Optional.empty();
  }

  private Optional<Migration> migration(String file, @Nullable String checksum) {
    return folder.migrations().stream()
        .filter(own -> name(own.file()).equals(name(file)))
        .filter(own -> Objects.equals(own.checksum(), checksum))
        .findFirst();
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
