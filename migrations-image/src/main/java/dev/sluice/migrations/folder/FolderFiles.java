package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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
  private static final int MOST_HELD = 1 << 20;

  /** Of a file system of its own: of root alone, as often as not. */
  private static final String LOST_AND_FOUND = "lost+found";

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
    } catch (AccessDeniedException _) {
      if (!in.endsWith(LOST_AND_FOUND)) {
        throw refused(before, "can't be read", "see the rights of that folder");
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Java can't open by its name what isn't of the locale's encoding. */
  private static boolean hasName(Path entry) {
    try {
      return entry.resolveSibling(entry.getFileName().toString()).equals(entry);
    } catch (InvalidPathException _) {
      return false;
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
      if (attributes.isDirectory() && isFolderOf(entry)) {
        throw refused(name, "is a link to a folder that it is in", "drop the link");
      }
    }
    if (!hasName(entry) && (attributes.isDirectory() || isSql(name))) {
      throw refused(
          name, "has a name that isn't UTF-8", "rename it: the ledger couldn't hold that name");
    }
    if (attributes.isDirectory() && depth > 1) {
      staysBelowTheRoot(name);
      collect(entry, name + "/", depth - 1, found);
    } else if (attributes.isRegularFile()) {
      found.add(name);
    }
  }

  /** By way of other links as well. */
  private boolean isFolderOf(Path link) throws IOException {
    var target = link.toRealPath();
    for (var in = link.getParent(); in != null && in.startsWith(folder); in = in.getParent()) {
      if (in.toRealPath().startsWith(target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfConfigMap(String name) {
    return ("/" + name).contains("/..");
  }

  private static boolean isHidden(String name) {
    return ("/" + name).contains("/.");
  }

  /** Whole folders named as a file of SQL, which no tool takes for one. */
  List<String> foldersNamedAsSql(int depth) throws IOException {
    var found = new TreeSet<String>();
    Files.walkFileTree(
        folder,
        Set.of(),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            // one at the last depth comes by here
            return attributes.isDirectory()
                ? preVisitDirectory(path, attributes)
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            var name = folder.relativize(path).toString();
            if (isSql(name) && !isHidden(name)) {
              found.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(found);
  }

  byte[] bytes(String name) throws IOException {
    staysBelowTheRoot(name);
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Too large to be held. */
  boolean isLarge(String name) throws IOException {
    return size(name) > MOST_HELD;
  }

  /** In bytes. */
  long size(String name) throws IOException {
    staysBelowTheRoot(name);
    return Files.size(folder.resolve(name));
  }

  /** Of a file of whatever size, as it is. */
  String sha256(String name) throws IOException {
    staysBelowTheRoot(name);
    return FileDigests.sha256(Files.newInputStream(folder.resolve(name)));
  }

  /** The text of a large file. */
  FileText largeText(String name) throws IOException {
    staysBelowTheRoot(name);
    if (Files.size(folder.resolve(name)) > Integer.MAX_VALUE) {
      throw refused(name, "has more than 2 GB", "split it");
    }
    var text = new FileText(folder.resolve(name));
    if (!text.isUtf8()) {
      throw refused(name, "isn't UTF-8", "save it as UTF-8");
    }
    return text;
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
    return text(name, UTF_8);
  }

  String text(String name, Charset encoding) throws IOException {
    try {
      var text = encoding.newDecoder().decode(ByteBuffer.wrap(bytes(name))).toString();
      var nul = text.indexOf('\0');
      if (nul >= 0) {
        var line = SourcePosition.startOf(name).after(text, 0, nul).line();
        throw refused(
            name,
            "has a NUL character in line %d, which no statement can have".formatted(line),
            "save it as UTF-8, if it is UTF-16");
      }
      return text;
    } catch (CharacterCodingException _) {
      throw refused(name, "isn't " + encoding, "save it as " + encoding);
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

  /**
   * What no tool can run but psql. Of a {@code COPY} that sends rows the driver would say that it
   * failed, and the server go on to the commit.
   */
  void refuseWhatIsForPsql(String name, SqlScan scan) {
    scan.metaCommand()
        .ifPresent(command -> {
          throw refused(
              name,
              "has " + command + ", a command of psql's and no SQL",
              "take it out, or write what it does in SQL");
        });
    if (scan.copiesOut()) {
      throw refused(name, "copies TO STDOUT, where nobody reads it", "take that statement out");
    }
  }

  FolderRefusedException unendedData(String name) {
    return refused(
        name,
        "copies FROM STDIN, and no line says where the data ends",
        "put a line with nothing but \\. after the data");
  }

  FolderRefusedException refused(String name, String why, String hint) {
    return new FolderRefusedException(prefix + name, prefix + name + " " + why, hint);
  }
}
