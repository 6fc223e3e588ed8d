package dev.sluice.authoring.cli;

import dev.sluice.migrations.folder.Layout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which folder is written into. */
final class FolderOptions {
  enum EmptyLayout {
    DRIZZLE(Layout.DRIZZLE_JOURNAL),
    FLYWAY(Layout.FLYWAY);

    private final Layout layout;

    EmptyLayout(Layout layout) {
      this.layout = layout;
    }
  }

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
      description = "the folder of migrations, of Drizzle or Flyway; one that isn't there is made")
  String changelog = "";

  @Option(
      names = "--layout",
      paramLabel = "drizzle|flyway",
      defaultValue = "drizzle",
      description = "of a folder that has no migration yet (default: drizzle)")
  EmptyLayout layout = EmptyLayout.DRIZZLE;

  Layout whereEmpty() {
    return layout.layout;
  }

  Place place() {
    return place(root, changelog);
  }

  /** A folder that isn't below the root is one of its own. */
  static Place place(Path root, String changelog) {
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
