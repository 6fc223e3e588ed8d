package dev.sluice.migrations.liquibase;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.PathResource;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor.SearchOptions;

/** The files below the root; remembers which SQL files were read. */
@SuppressWarnings("try") // its close() throws Exception
final class ChangelogFiles extends DirectoryResourceAccessor {
  private final Set<String> sqlFilesRead = new TreeSet<>();
  private final Path root;
  private boolean leftTheRoot;

  ChangelogFiles(Path root) throws FileNotFoundException {
    super(root);
    this.root = root.toAbsolutePath().normalize();
  }

  /** A file was read that the fingerprint of the tree doesn't cover. */
  boolean leftTheRoot() {
    return leftTheRoot;
  }

  /** A mounted ConfigMap has its files twice more, below {@code ..data} and a folder of the day. */
  @Override
  public List<Resource> search(String path, SearchOptions options) throws IOException {
    return super.search(path, options).stream()
        .filter(found -> !("/" + found.getPath()).contains("/.."))
        .toList();
  }

  Set<String> sqlFilesRead() {
    return new TreeSet<>(sqlFilesRead);
  }

  @Override
  protected Resource createResource(Path file, String path) {
    return new Noted(path, file);
  }

  private final class Noted extends PathResource {
    private final Path file;

    Noted(String path, Path file) {
      super(path, file);
      this.file = file.toAbsolutePath().normalize();
    }

    @Override
    public InputStream openInputStream() throws IOException {
      leftTheRoot |= !file.startsWith(root) || file.startsWith(root.resolve(".git"));
      if (getPath().toLowerCase(Locale.ROOT).endsWith(".sql")) {
        sqlFilesRead.add(getPath());
      }
      return super.openInputStream();
    }
  }
}
