package dev.sluice.authoring.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders below another root, with an edit in one of them; deleted when it is closed. */
public record FolderCopy(Path root) implements AutoCloseable {
  /** Links are followed, as the reader does. */
  public static FolderCopy of(Path root, List<String> paths, FolderEdit edit, String edited)
      throws IOException {
    var copy = new FolderCopy(Files.createTempDirectory("sluice-folder-"));
    try {
      for (var path : paths) {
        copy.copied(root.resolve(path), copy.root().resolve(path));
      }
      edit.onCopy(copy.root().resolve(edited));
      return copy;
    } catch (IOException | UncheckedIOException e) {
      copy.close();
      throw e;
    }
  }

  private void copied(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (var entries = Files.list(from)) {
      for (var entry : entries.toList()) {
        var name = entry.getFileName().toString();
        if (Files.isDirectory(entry) && !name.startsWith("..")) {
          copied(entry, to.resolve(name));
        } else if (Files.isRegularFile(entry)) {
          Files.copy(entry, to.resolve(name));
        }
      }
    }
  }

  @Override
  public void close() {
    try (var all = Files.walk(root)) {
      for (var entry : all.toList().reversed()) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException | UncheckedIOException _) {
      // the system tidies its folder for temporary files itself
    }
  }
}
