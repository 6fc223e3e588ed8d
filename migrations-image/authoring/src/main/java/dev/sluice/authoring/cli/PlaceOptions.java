package dev.sluice.authoring.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which folder. */
final class PlaceOptions {
  /** The folder below the root, as the reader wants it. */
  record Place(Path root, String path) {}

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "folder that changelog paths are relative to (default: .)")
  Path root = Path.of(".");

  @Option(
      names = "--changelog",
      required = true,
      paramLabel = "DIR",
      description = "the folder of migrations, of Drizzle or Flyway")
  String changelog = "";

  /** A folder that isn't below the root is one of its own. */
  Place place() {
    var above = root.toAbsolutePath().normalize();
    var folder = above.resolve(changelog).normalize();
    if (folder.startsWith(above)) {
      var below = above.relativize(folder).toString();
      return new Place(above, below.isEmpty() ? "." : below);
    }
    var parent = folder.getParent();
    return parent == null
        ? new Place(folder, ".")
        : new Place(parent, folder.getFileName().toString());
  }
}
