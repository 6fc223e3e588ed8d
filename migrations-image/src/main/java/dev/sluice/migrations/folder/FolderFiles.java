package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one folder, by their names below it; with the prefix they are names of the ledger.
 */
record FolderFiles(Path folder, String prefix) {
  private static final int LONGEST = 255;

  boolean has(String name) {
    return java.nio.file.Files.isRegularFile(folder.resolve(name));
  }

  /** Sorted by name. A mounted ConfigMap has its files twice more, below {@code ..data}. */
  List<String> names(int depth) throws IOException {
    try (var found = java.nio.file.Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return found
          .filter(java.nio.file.Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !("/" + name).contains("/.."))
          .sorted()
          .toList();
    }
  }

  byte[] bytes(String name) throws IOException {
    return java.nio.file.Files.readAllBytes(folder.resolve(name));
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
    var file = prefix + name;
    if (file.length() > LONGEST) {
      throw refused(name, "has a path of more than 255 characters", "the ledger takes no more");
    }
    return file;
  }

  FolderRefusedException refused(String name, String why, String hint) {
    return new FolderRefusedException(prefix + name, prefix + name + " " + why, hint);
  }
}
