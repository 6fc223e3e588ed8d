package dev.sluice.migrations.folder;

import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that could be read, its migrations in order.
 *
 * @param warnings what is odd, and no obstacle
 * @param strays SQL files that are no migration, a sentence each
 * @param hasSums whether {@code sluice.sum} is there; then every file is as it says
 */
public record Folder(
    String path,
    Layout layout,
    List<Migration> migrations,
    List<String> warnings,
    List<String> strays,
    boolean hasSums) {
  public Folder {
    migrations = List.copyOf(migrations);
    warnings = List.copyOf(warnings);
    strays = List.copyOf(strays);
  }

  /** What a run says about it. */
  public List<String> remarks() {
    return Stream.concat(strays.stream(), warnings.stream()).toList();
  }

  /** What the path of each of its files begins with, below the root. */
  public String prefix() {
    return prefix(path);
  }

  static String prefix(String path) {
    return path.isEmpty() ? "" : path + "/";
  }
}
