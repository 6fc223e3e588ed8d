package dev.sluice.migrations.engine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.PathResource;
import liquibase.resource.Resource;

/** The files below the root; remembers which SQL files were read. */
@SuppressWarnings("try") // its close() throws Exception
final class ChangelogFiles extends DirectoryResourceAccessor {
  private final Set<String> sqlFilesRead = new TreeSet<>();

  ChangelogFiles(Path root) throws FileNotFoundException {
    super(root);
  }

  Set<String> sqlFilesRead() {
    return new TreeSet<>(sqlFilesRead);
  }

  @Override
  protected Resource createResource(Path file, String path) {
    return new Noted(path, file);
  }

  private final class Noted extends PathResource {
    Noted(String path, Path file) {
      super(path, file);
    }

    @Override
    public InputStream openInputStream() throws IOException {
      if (getPath().toLowerCase(Locale.ROOT).endsWith(".sql")) {
        sqlFilesRead.add(getPath());
      }
      return super.openInputStream();
    }
  }
}
