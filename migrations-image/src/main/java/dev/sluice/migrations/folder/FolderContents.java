package dev.sluice.migrations.folder;

import java.io.IOException;

/** Reads a folder by its layout. */
final class FolderContents {
  private FolderContents() {}

  static FolderListing of(Layout layout, FolderFiles files) throws IOException {
    return switch (layout) {
      case DRIZZLE_JOURNAL -> DrizzleJournal.in(files);
      case DRIZZLE_FOLDERS -> DrizzleFolders.in(files);
      case FLYWAY -> FlywayFolder.in(files);
    };
  }
}
