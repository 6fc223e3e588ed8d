package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whose folder it is. */
public enum Layout {
  DRIZZLE_JOURNAL("Drizzle's journal (meta/_journal.json)"),
  DRIZZLE_FOLDERS("drizzle-kit v1's folders (NAME/migration.sql)"),
  FLYWAY("Flyway's names (V1__name.sql, R__name.sql)");

  private final String words;

  Layout(String words) {
    this.words = words;
  }

  /** Several folders are one of Flyway's; the others have one. */
  static Layout of(List<FolderFiles> locations) throws IOException {
    if (locations.size() == 1) {
      return of(locations.getFirst());
    }
    for (var files : locations) {
      var layout = of(files);
      if (layout != FLYWAY) {
        throw new FolderRefusedException(
            name(files),
            name(files) + " has " + layout.words + ", and only folders of Flyway can be several",
            "name that folder alone");
      }
    }
    return FLYWAY;
  }

  private static Layout of(FolderFiles files) throws IOException {
    var found = new ArrayList<Layout>();
    if (files.has(DrizzleJournal.NAME)) {
      found.add(DRIZZLE_JOURNAL);
    }
    if (files.names(2).stream().anyMatch(DrizzleFolders::isMigration)) {
      found.add(DRIZZLE_FOLDERS);
    }
    if (FlywayFolder.isOne(files)) {
      found.add(FLYWAY);
    }
    return switch (found.size()) {
      case 0 -> throw none(files);
      case 1 -> found.getFirst();
      default -> throw several(files, found);
    };
  }

  private static FolderRefusedException none(FolderFiles files) {
    var name = name(files);
    return new FolderRefusedException(
        name,
        name
            + " is a folder, not a changelog file, and no SQL folder either: it has neither"
            + " meta/_journal.json nor NAME/migration.sql nor V1__name.sql",
        "name the root changelog in changelog.path, or a folder of Drizzle or Flyway");
  }

  private static FolderRefusedException several(FolderFiles files, List<Layout> found) {
    var words = found.stream().map(layout -> layout.words).toList();
    return new FolderRefusedException(
        name(files),
        name(files) + " is two kinds of SQL folder at once: " + String.join(" and ", words),
        "keep them in folders of their own");
  }

  private static String name(FolderFiles files) {
    return files.prefix().isEmpty()
        ? "the root"
        : files.prefix().substring(0, files.prefix().length() - 1);
  }
}
