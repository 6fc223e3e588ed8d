package dev.sluice.authoring.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * Puts all files of an edit in place, or none.
 *
 * <ol>
 *   <li>every file is written into a folder beside, whose name no reader knows
 *   <li>a list of what is to be done is put there by one rename: from then on it is done
 *   <li>every file is put in place by a rename, and the folder deleted
 * </ol>
 *
 * Who comes after a crash finds no list and takes the rest away, or finds one and does the rest.
 */
final class WholeWrite {
  static final String FOLDER = ".sluice-write";
  static final String LIST = "list";
  private static final String WRITE = "write ";
  private static final String DELETE = "delete ";

  private final Path place;
  private final Path beside;

  private WholeWrite(Path place) {
    this.place = place;
    this.beside = place.resolve(FOLDER);
  }

  static void of(Path place, FolderEdit edit) throws IOException {
    Files.createDirectories(place);
    recover(place);
    var write = new WholeWrite(place);
    write.prepare(edit);
    write.finish();
  }

  /** After a write that was cut off. */
  static void recover(Path place) throws IOException {
    var write = new WholeWrite(place);
    if (Files.exists(write.beside.resolve(LIST))) {
      write.finish();
    } else if (Files.isDirectory(write.beside)) {
      write.clear();
    }
  }

  void prepare(FolderEdit edit) throws IOException {
    Files.createDirectory(beside);
    var lines = new StringBuilder();
    var number = 0;
    for (var file : edit.written().entrySet()) {
      durably(beside.resolve(String.valueOf(number++)), file.getValue());
      lines.append(WRITE).append(file.getKey()).append('\n');
    }
    edit.deleted().forEach(name -> lines.append(DELETE).append(name).append('\n'));
    durably(beside.resolve(LIST + ".new"), lines.toString());
    sync(beside);
    Files.move(beside.resolve(LIST + ".new"), beside.resolve(LIST), ATOMIC_MOVE);
    sync(beside);
    sync(place);
  }

  /** As often as it is begun. */
  private void finish() throws IOException {
    var number = 0;
    for (var line : Files.readAllLines(beside.resolve(LIST), UTF_8)) {
      if (line.startsWith(WRITE)) {
        put(
            beside.resolve(String.valueOf(number++)),
            place.resolve(line.substring(WRITE.length())));
      } else if (line.startsWith(DELETE)) {
        delete(place.resolve(line.substring(DELETE.length())));
      }
    }
    clear();
  }

  private void put(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      var folder = folderOf(to);
      Files.createDirectories(folder);
      Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
      sync(folder);
    }
  }

  private Path folderOf(Path file) {
    return Objects.requireNonNullElse(file.getParent(), place);
  }

  /** With the folder of its own that it had. */
  private void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    var folder = folderOf(file);
    if (folder.equals(place) || !Files.isDirectory(folder)) {
      return;
    }
    List<Path> left;
    try (var entries = Files.list(folder)) {
      left = entries.toList();
    }
    if (left.isEmpty()) {
      Files.delete(folder);
    }
  }

  /** The list first: without it nothing is done any more. */
  private void clear() throws IOException {
    Files.deleteIfExists(beside.resolve(LIST));
    sync(beside);
    List<Path> left;
    try (var entries = Files.list(beside)) {
      left = entries.toList();
    }
    for (var file : left) {
      Files.delete(file);
    }
    Files.delete(beside);
    sync(place);
  }

  private static void durably(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
