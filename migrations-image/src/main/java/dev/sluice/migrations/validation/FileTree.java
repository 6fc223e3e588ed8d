package dev.sluice.migrations.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a folder, by their names below it. */
public record FileTree(SortedMap<String, byte[]> files) {
  private static final String UNFINISHED = ".sluice-write";

  public FileTree {
    files = new TreeMap<>(files);
  }

  /** As they are on disk; none where there is no such folder. */
  public static FileTree of(Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    if (Files.isDirectory(folder)) {
      try (var all = Files.walk(folder)) {
        for (var file : all.filter(Files::isRegularFile).toList()) {
          var name = folder.relativize(file).toString();
          if (!name.startsWith(UNFINISHED)) {
            files.put(name, Files.readAllBytes(file));
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return new FileTree(files);
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  public Set<String> names() {
    return files.keySet();
  }

  public Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  public boolean has(String name, byte[] content) {
    return file(name).filter(other -> Arrays.equals(other, content)).isPresent();
  }

  public FileTree with(String name, byte[] content) {
    var more = new TreeMap<>(files);
    more.put(name, content);
    return new FileTree(more);
  }

  public FileTree without(String name) {
    var fewer = new TreeMap<>(files);
    fewer.remove(name);
    return new FileTree(fewer);
  }

  /** Into a folder, which may be there. */
  public void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException(file.getKey() + " is no file below the folder");
      }
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
