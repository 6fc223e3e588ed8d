package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.List;

/**
 * The migrations of a folder in order, and what is odd about it.
 *
 * @param strays SQL files that are no migration
 */
record FolderListing(List<Migration> migrations, List<String> warnings, List<String> strays) {
  static FolderListing of(Layout layout, FolderFiles files) throws IOException {
    return switch (layout) {
      case DRIZZLE_JOURNAL -> DrizzleJournal.in(files);
      case DRIZZLE_FOLDERS -> DrizzleFolders.in(files);
      case FLYWAY -> FlywayFolder.in(files);
    };
  }
}
