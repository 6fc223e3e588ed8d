package dev.sluice.migrations.liquibase;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.OpenOptions;
import liquibase.resource.PathResource;
import liquibase.resource.Resource;

/**
 * The files below the root, and no other, whatever path or link leads there: in a pod the
 * credentials are among the others. Remembers which SQL files were read.
 */
@SuppressWarnings("try") // its close() throws Exception
final class ChangelogFiles extends DirectoryResourceAccessor {
  private static final int MANY_TIMES = 10;

  private final Set<String> sqlFilesRead = new TreeSet<>();
  private final Path root;
  private final Path realRoot;
  private final Map<String, Integer> timesRead = new TreeMap<>();
  private boolean leftTheRoot;
  private Optional<OutsideOfTheRootException> refused = Optional.empty();

  ChangelogFiles(Path root) throws IOException {
    super(root);
    this.root = root.toAbsolutePath().normalize();
    this.realRoot = root.toRealPath();
  }

  /** A file was read that the fingerprint of the tree doesn't cover. */
  boolean leftTheRoot() {
    return leftTheRoot;
  }

  /** Liquibase takes some files that can't be read for absent. */
  void haveAllBeenBelowTheRoot() throws OutsideOfTheRootException {
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  /** Whether there is something or not. */
  void mustBeBelowTheRoot(String path) throws OutsideOfTheRootException {
    try {
      confined(root.resolve(path.replace('\\', '/').replaceFirst("^/", "")), path);
    } catch (InvalidPathException _) {
      // no file has such a name
    }
  }

  @Override
  public List<Resource> getAll(String path) throws IOException {
    mustBeBelowTheRoot(path);
    return super.getAll(path);
  }

  /** A mounted ConfigMap has its files twice more, below {@code ..data} and a folder of the day. */
  @Override
  public List<Resource> search(String path, SearchOptions options) throws IOException {
    mustBeBelowTheRoot(path.replaceFirst("^file:/+", ""));
    return super.search(path, options).stream()
        .filter(found -> !("/" + found.getPath()).contains("/.."))
        .toList();
  }

  /** Files that were read more often than any changelog asks for. */
  List<String> readAgain() {
    return timesRead.entrySet().stream()
        .filter(file -> file.getValue() > MANY_TIMES)
        .map(Map.Entry::getKey)
        .toList();
  }

  Set<String> sqlFilesRead() {
    return new TreeSet<>(sqlFilesRead);
  }

  /** The whole of a file, as Liquibase names it; empty when it can't be read, or isn't UTF-8. */
  Optional<String> text(String path) {
    try {
      var file = root.resolve(path.replaceFirst("^(classpath:)?/*", ""));
      confined(file, path);
      return Optional.of(Files.readString(file));
    } catch (IOException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  @Override
  protected Resource createResource(Path file, String path) {
    return new Noted(path, file);
  }

  private void confined(Path file, String path) throws OutsideOfTheRootException {
    var plain = file.toAbsolutePath().normalize();
    if (!plain.startsWith(root) || !realPathIsBelow(plain)) {
      var outside = new OutsideOfTheRootException(path);
      refused = refused.or(() -> Optional.of(outside));
      throw outside;
    }
  }

  private boolean realPathIsBelow(Path file) {
    try {
      return !Files.exists(file) || file.toRealPath().startsWith(realRoot);
    } catch (IOException _) {
      return false;
    }
  }

  private final class Noted extends PathResource {
    private final Path file;

    Noted(String path, Path file) {
      super(path, file);
      this.file = file.toAbsolutePath().normalize();
    }

    @Override
    public Resource resolve(String other) {
      return of(file.resolve(other), getPath() + "/" + other);
    }

    @Override
    public Resource resolveSibling(String other) {
      var parent = getPath().contains("/") ? getPath().replaceFirst("/[^/]*$", "/") : "";
      return of(file.resolveSibling(other), parent + other);
    }

    private Resource of(Path other, String path) {
      try {
        confined(other, path);
      } catch (OutsideOfTheRootException e) {
        throw new UncheckedIOException(e);
      }
      return new Noted(path, other);
    }

    @Override
    public InputStream openInputStream() throws IOException {
      confined(file, getPath());
      leftTheRoot |= file.startsWith(root.resolve(".git"));
      timesRead.merge(getPath(), 1, Integer::sum);
      if (getPath().toLowerCase(Locale.ROOT).endsWith(".sql")) {
        sqlFilesRead.add(getPath());
      }
      if (getPath().matches("(?i).*\\.(ya?ml|json)")) {
        mustBeOfASize();
      }
      return super.openInputStream();
    }

    private void mustBeOfASize() throws IOException {
      if (text(getPath()).filter(YamlAliases::areTooMany).isPresent()) {
        throw new IOException(
            "its aliases stand for more than a million values: write them out, or leave them away");
      }
    }

    /** A changelog is read. */
    @Override
    public OutputStream openOutputStream(OpenOptions options) throws IOException {
      throw new IOException(getPath() + " isn't to be written");
    }
  }
}
