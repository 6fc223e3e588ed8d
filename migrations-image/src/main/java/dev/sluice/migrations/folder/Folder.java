package dev.sluice.migrations.folder;

import java.util.List;

/** A folder that could be read, its migrations in order. */
public record Folder(
    String path, Layout layout, List<Migration> migrations, List<String> warnings) {
  public Folder {
    migrations = List.copyOf(migrations);
    warnings = List.copyOf(warnings);
  }

  /** What each of its files begins with in the ledger. */
  public String prefix() {
    return prefix(path);
  }

  static String prefix(String path) {
    return path.isEmpty() ? "" : path + "/";
  }
}
