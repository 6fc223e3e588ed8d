package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Changelog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder of plain SQL, as a person names it. */
final class FolderPath {
  private FolderPath() {}

  /** Relative to the root, as the ledger has it; empty when no such folder is there. */
  static Optional<String> of(Path root, String path) {
    return Optional.of(path)
        .filter(Changelog::isPath)
        .map(named -> Path.of(named).normalize().toString())
        .filter(named -> Files.isDirectory(root.resolve(named)));
  }
}
