package dev.sluice.migrations.folder;

import java.io.IOException;
import java.nio.file.Path;

/** What came of reading a folder. */
public sealed interface FolderReading {
  record Read(Folder folder) implements FolderReading {}

  record Refused(String file, String message, String hint) implements FolderReading {}

  /** {@code path} is relative to the root; {@code placeholders} are Flyway's. */
  static FolderReading of(Path root, String path, Placeholders placeholders) {
    try {
      var files = FolderFiles.below(root, path, Folder.prefix(path));
      var layout = Layout.of(files);
      var listed = FolderContents.of(layout, files, placeholders);
      return new Read(
          new Folder(
              path,
              layout,
              listed.migrations(),
              listed.scripts(),
              listed.warnings(),
              listed.strays(),
              SumFile.isThereAndTrue(files, listed)));
    } catch (FolderRefusedException e) {
      return new Refused(e.file(), e.getMessage(), e.hint());
    } catch (IOException e) {
      return new Refused(
          path, path + " can't be read: " + e.getClass().getSimpleName(), "see its rights");
    }
  }
}
