package dev.sluice.migrations.adoption;

import dev.sluice.migrations.folder.FlywayScripts;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.PlaceholderUse;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.sql.TransactionMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders as they would be read, of tools that keep a history. */
final class AdoptableFolder {
  private AdoptableFolder() {}

  static Folder drizzle(Migration... migrations) {
    return new Folder(
        "drizzle",
        Layout.DRIZZLE_JOURNAL,
        List.of(migrations),
        FlywayScripts.NONE,
        List.of(),
        List.of(),
        true);
  }

  static Folder drizzleV1(Migration... migrations) {
    return new Folder(
        "drizzle",
        Layout.DRIZZLE_FOLDERS,
        List.of(migrations),
        FlywayScripts.NONE,
        List.of(),
        List.of(),
        true);
  }

  static Folder flyway(Migration... migrations) {
    return new Folder(
        "db", Layout.FLYWAY, List.of(migrations), FlywayScripts.NONE, List.of(), List.of(), true);
  }

  static Migration drizzle(String name, String hash, long when) {
    return migration("drizzle/", name + ".sql", new ToolIdentity.Drizzle(name, hash, when));
  }

  static Migration flyway(@Nullable String version, String description, int checksum) {
    var script =
        (version == null ? "R__" : "V" + version + "__") + description.replace(' ', '_') + ".sql";
    return migration(
        "db/", script, new ToolIdentity.Flyway("SQL", version, description, script, checksum));
  }

  private static Migration migration(String prefix, String file, ToolIdentity tool) {
    return new Migration(
        prefix + file,
        file,
        "sum:" + file,
        TransactionMode.TRANSACTION,
        null,
        List.of(),
        tool,
        PlaceholderUse.NONE);
  }
}
