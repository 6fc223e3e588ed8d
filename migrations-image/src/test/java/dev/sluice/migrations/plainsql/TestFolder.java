package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.FlywayScripts;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.PlaceholderUse;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.sql.TransactionMode;
import java.util.List;

/** Folders as they would be read. */
final class TestFolder {
  private TestFolder() {}

  static Migration migration(String file, String checksum) {
    return migration(file, checksum, new ToolIdentity.Flyway("SQL", "1", "", file, 1));
  }

  static Migration repeatable(String file, String checksum) {
    return migration(file, checksum, new ToolIdentity.Flyway("SQL", null, "", file, 1));
  }

  private static Migration migration(String file, String checksum, ToolIdentity tool) {
    return new Migration(
        "db/" + file,
        file,
        checksum,
        TransactionMode.TRANSACTION,
        null,
        List.of(),
        tool,
        PlaceholderUse.NONE);
  }

  static Folder of(Migration... migrations) {
    return new Folder(
        "db", Layout.FLYWAY, List.of(migrations), FlywayScripts.NONE, List.of(), List.of(), true);
  }
}
