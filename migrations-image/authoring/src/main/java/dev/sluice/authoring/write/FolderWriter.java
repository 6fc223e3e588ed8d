package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.Folder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where migrations go in a folder of one layout; the reader of that layout is in the runner. */
public sealed interface FolderWriter
    permits DrizzleJournalWriter, DrizzleFoldersWriter, FlywayWriter {
  /** What is to be written so that these come after all that are there; nothing is written yet. */
  FolderEdit adding(List<NewMigration> migrations, Instant now) throws WriteRefusedException;

  /** {@code folder} was read below {@code root}. */
  static FolderWriter of(Path root, Folder folder) {
    var place = root.resolve(folder.path());
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL -> new DrizzleJournalWriter(place, folder);
      case DRIZZLE_FOLDERS -> new DrizzleFoldersWriter(folder);
      case FLYWAY -> new FlywayWriter(folder);
    };
  }
}
