package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.sql.SqlScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of one folder, by their names below it, which are those of the ledger; with the prefix
 * they are below the root. No link leads out of the root.
 */
record FolderFiles(Path root, Path folder, String prefix) {
  private static final int LONGEST = 255;

  /** {@code path} is relative to the root. */
  static FolderFiles below(Path root, String path, String prefix) throws IOException {
    var whole = new FolderFiles(root, root, "");
    whole.staysBelowTheRoot(path);
    return new FolderFiles(root, root.resolve(path), prefix);
  }

  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** The tools of which the names are know them in lower case, or in both. */
  static boolean isSql(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".sql");
  }

  /** Below a folder whose name begins with a dot. */
  static boolean isInHiddenFolder(String name) {
    return ("/" + name.substring(0, name.lastIndexOf('/') + 1)).contains("/.");
  }

  /**
   * Sorted by name. A mounted ConfigMap has its files twice more, below {@code ..data}. A link that
   * leads nowhere, or out of the root, is refused: what it should have brought would be missing.
   */
  List<String> names(int depth) throws IOException {
    var found = new TreeSet<String>();
    collect(folder, "", depth, found);
    return List.copyOf(found);
  }

  private void collect(Path in, String before, int depth, Set<String> found) throws IOException {
    try (var entries = Files.newDirectoryStream(in)) {
      for (var entry : entries) {
        var name = before + entry.getFileName();
        if (!isOfConfigMap(name)) {
          collectOne(entry, name, depth, found);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void collectOne(Path entry, String name, int depth, Set<String> found)
      throws IOException {
    var attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      if (!Files.exists(entry)) {
        if (isHidden(name)) {
          // as an editor's mark that a file is open
          return;
        }
        throw refused(
            name, "is a link to what isn't there", "take the file back, or drop the link");
      }
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      if (attributes.isDirectory() && folder(entry).startsWith(entry.toRealPath())) {
        throw refused(name, "is a link to a folder that it is in", "drop the link");
      }
    }
    if (attributes.isDirectory() && depth > 1) {
      staysBelowTheRoot(name);
      collect(entry, name + "/", depth - 1, found);
    } else if (attributes.isRegularFile()) {
      found.add(name);
    }
  }

  private static Path folder(Path entry) throws IOException {
    return entry.resolveSibling(".").toRealPath();
  }

  private static boolean isOfConfigMap(String name) {
    return ("/" + name).contains("/..");
  }

  private static boolean isHidden(String name) {
    return ("/" + name).contains("/.");
  }

  /** Whole folders named as a file of SQL, which no tool takes for one. */
  List<String> foldersNamedAsSql(int depth) throws IOException {
    try (var found = Files.find(folder, depth, (_, attributes) -> attributes.isDirectory())) {
      return found
          .map(path -> folder.relativize(path).toString())
          .filter(name -> isSql(name) && !isHidden(name))
          .sorted()
          .toList();
    }
  }

  byte[] bytes(String name) throws IOException {
    staysBelowTheRoot(name);
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Only a link can lead out of it. */
  private void staysBelowTheRoot(String name) throws IOException {
    var path = folder;
    for (var part : Path.of(name)) {
      path = path.resolve(part);
      if (Files.isSymbolicLink(path) && !path.toRealPath().startsWith(root.toRealPath())) {
        throw refused(
            name, "is a link to what is outside of the changelog's root", "put it below the root");
      }
    }
  }

  /** As it is, a byte order mark included. */
  String text(String name) throws IOException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(name))).toString();
    } catch (CharacterCodingException _) {
      throw refused(name, "isn't UTF-8", "save it as UTF-8");
    }
  }

  /** The name in the ledger. */
  String file(String name) {
    if (name.length() > LONGEST) {
      throw refused(name, "has a name of more than 255 characters", "the ledger takes no more");
    }
    return name;
  }

  /** Below the root. */
  String path(String name) {
    return prefix + name;
  }

  /** The driver would call it failed, and the server go on to the commit. */
  void refuseCopyOut(String name, SqlScan scan) {
    if (scan.copiesOut()) {
      throw refused(name, "copies TO STDOUT, where nobody reads it", "take that statement out");
    }
  }

  FolderRefusedException refused(String name, String why, String hint) {
    return new FolderRefusedException(prefix + name, prefix + name + " " + why, hint);
  }
}
