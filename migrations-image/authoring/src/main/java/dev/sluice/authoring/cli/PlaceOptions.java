package dev.sluice.authoring.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which folder, that is there. */
final class PlaceOptions {
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

  FolderOptions.Place place() {
    return FolderOptions.place(root, changelog);
  }
}
