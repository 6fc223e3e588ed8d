package dev.sluice.migrations.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What came of reading a folder. */
public sealed interface FolderReading {
  record Read(Folder folder) implements FolderReading {}

  record Refused(String file, String message, String hint) implements FolderReading {}

  /** {@code path} is relative to the root; {@code placeholders} are Flyway's. */
  static FolderReading of(Path root, String path, Placeholders placeholders) {
    return of(root, List.of(path), placeholders);
  }

  /** Several folders of Flyway's are one. */
  static FolderReading of(Path root, List<String> paths, Placeholders placeholders) {
    var path = paths.getFirst();
    try {
      var locations = new ArrayList<FolderFiles>();
      for (var one : paths) {
        locations.add(FolderFiles.below(root, one, Folder.prefix(one)));
      }
      var layout = Layout.of(locations);
      var listed = FolderContents.of(layout, locations, placeholders);
      return new Read(
          new Folder(
              path,
              layout,
              listed.migrations(),
              listed.scripts(),
              listed.warnings(),
              listed.strays(),
              SumFile.areThereAndTrue(locations, listed)));
    } catch (FolderRefusedException e) {
      return new Refused(e.file(), e.getMessage(), e.hint());
    } catch (IOException | UncheckedIOException e) {
      return new Refused(
          path, path + " can't be read: " + e.getClass().getSimpleName(), "see its rights");
    }
  }
}
