package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.FolderReading.Read;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.postgres.FlywaySession;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.Ledger;
import java.sql.SQLException;
import java.util.List;

/** A folder as it is for one database, which is asked only where the folder depends on it. */
record FolderForDatabase(Session session, Ledger ledger, RunRequest request) {
  FolderReading read() throws SQLException {
    var reading = read(Placeholders.of(request.changelog().parameters()));
    return reading instanceof Read(var folder) ? filled(folder) : reading;
  }

  private FolderReading read(Placeholders placeholders) {
    return FolderReading.of(request.changelog().root(), request.changelog().paths(), placeholders);
  }

  /** Flyway works in the schema that its settings name, unless the request names another. */
  private FolderReading filled(Folder folder) throws SQLException {
    var schemas = folder.scripts().schemas();
    if (!schemas.isEmpty() && request.connection().destination().session().searchPath().isEmpty()) {
      var lacking =
          folder.scripts().makesSchemas()
              ? List.<String>of()
              : FlywaySession.lacking(session, schemas);
      if (!lacking.isEmpty()) {
        return new FolderReading.Refused(
            folder.path(),
            "the schema %s isn't there, and Flyway's settings say createSchemas=false"
                .formatted(lacking.getFirst()),
            "make it, or let it be made");
      }
      FlywaySession.workIn(session, schemas.getFirst());
    }
    if (!folder.namesTheSession()) {
      return new Read(begun(folder));
    }
    var values =
        FlywaySession.values(session, ToolHistories.table(folder, request.history().table()));
    var reading = read(Placeholders.of(request.changelog().parameters()).with(values));
    return reading instanceof Read(var filled) ? new Read(begun(filled)) : reading;
  }

  private Folder begun(Folder folder) throws SQLException {
    return folder.layout() != Layout.FLYWAY
        ? folder
        : FlywayBaselines.chosen(
            folder,
            new FolderLedger(session, ledger).rows(),
            () -> ToolHistories.of(session, folder, request.history().table()));
  }
}
