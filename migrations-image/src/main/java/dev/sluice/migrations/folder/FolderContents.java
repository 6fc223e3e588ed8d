package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.List;

/** Reads a folder by its layout. */
final class FolderContents {
  private FolderContents() {}

  static FolderListing of(Layout layout, List<FolderFiles> locations, Placeholders placeholders)
      throws IOException {
    var files = locations.getFirst();
    if (layout != Layout.FLYWAY && !placeholders.given().isEmpty()) {
      throw new FolderRefusedException(
          files.prefix(),
          "parameters are for changelogs of Liquibase and folders of Flyway, and Drizzle's files"
              + " have no place for "
              + String.join(", ", placeholders.given().keySet()),
          "leave the parameters out");
    }
    var own = placeholders.givenOfFlyway();
    if (own.isPresent()) {
      throw new FolderRefusedException(
          files.prefix(),
          "the parameter " + own.get() + " is Flyway's own, which has its value from the session",
          "leave it out");
    }
    return switch (layout) {
      case DRIZZLE_JOURNAL -> DrizzleJournal.in(files);
      case DRIZZLE_FOLDERS -> DrizzleFolders.in(files);
      case FLYWAY -> FlywayFolder.in(locations, placeholders);
    };
  }
}
