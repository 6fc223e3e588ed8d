package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.Folder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where migrations go in a folder of one layout; the reader of that layout is in the runner. */
public sealed interface FolderWriter
    permits DrizzleJournalWriter, DrizzleFoldersWriter, FlywayWriter {
  /** What is to be written so that these come after all that are there; nothing is written yet. */
  default FolderEdit adding(List<NewMigration> migrations, Instant now)
      throws WriteRefusedException {
    return placing(migrations.stream().map(migration -> placed(migration, now)).toList(), now);
  }

  /** A file for it, as the layout's tool would name it. */
  PlacedFile placed(NewMigration migration, Instant now);

  /** The same for files that may come from elsewhere. */
  FolderEdit placing(List<PlacedFile> files, Instant now) throws WriteRefusedException;

  /**
   * The same for one that a person fills, and that leaves the schema as it is.
   *
   * @param id of a snapshot, where the folder has them
   */
  FolderEdit addingCustom(NewMigration migration, Instant now, UUID id)
      throws WriteRefusedException;

  /** {@code folder} was read below {@code root}. */
  static FolderWriter of(Path root, Folder folder) {
    var place = root.resolve(folder.path());
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL -> new DrizzleJournalWriter(place, folder);
      case DRIZZLE_FOLDERS -> new DrizzleFoldersWriter(place, folder);
      case FLYWAY -> new FlywayWriter(folder);
    };
  }
}
