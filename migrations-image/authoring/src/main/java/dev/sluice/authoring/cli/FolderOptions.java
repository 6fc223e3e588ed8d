package dev.sluice.authoring.cli;

import dev.sluice.migrations.folder.Layout;
import picocli.CommandLine.Mixin;
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

  @Mixin private PlaceOptions folder = new PlaceOptions();

  @Option(
      names = "--layout",
      paramLabel = "drizzle|flyway",
      defaultValue = "drizzle",
      description =
          "of a folder that has no migration yet; one that isn't there is made (default: drizzle)")
  EmptyLayout layout = EmptyLayout.DRIZZLE;

  Layout whereEmpty() {
    return layout.layout;
  }

  PlaceOptions.Place place() {
    return folder.place();
  }
}
