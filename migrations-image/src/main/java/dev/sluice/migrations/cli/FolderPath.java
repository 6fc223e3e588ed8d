package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Changelog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder of plain SQL, as a person names it. */
final class FolderPath {
  private FolderPath() {}

  /** An absolute path of what is below the root is made relative to it. */
  static String belowRoot(Path root, String path) {
    if (path.indexOf('\0') >= 0 || !Path.of(path).isAbsolute()) {
      return path;
    }
    var above = root.toAbsolutePath().normalize();
    var below = Path.of(path).normalize();
    if (!below.startsWith(above)) {
      return path;
    }
    var relative = above.relativize(below).toString();
    return relative.isEmpty() ? "." : relative;
  }

  /** Relative to the root, as the ledger has it; empty when no such folder is there. */
  static Optional<String> of(Path root, String path) {
    return Optional.of(belowRoot(root, path))
        .filter(Changelog::isPath)
        .map(named -> Path.of(named).normalize().toString())
        .filter(named -> Files.isDirectory(root.resolve(named)));
  }
}
