package dev.sluice.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The files of a changelog, by their paths. */
public record Changelog(SequencedMap<String, String> files) {

  /** The path of the root in all but the real changelogs. */
  public static final String ROOT = "root.sql";

  /** Formatted SQL in one file; its header is added. */
  public static Changelog sql(String changesets) {
    return new Changelog(
        new LinkedHashMap<>(Map.of(ROOT, "--liquibase formatted sql\n\n" + changesets)));
  }

  public static Changelog file(String path, String content) {
    return new Changelog(new LinkedHashMap<>(Map.of(path, content)));
  }

  /** With one file more. */
  public Changelog and(String path, String content) {
    var more = new LinkedHashMap<>(files);
    more.put(path, content);
    return new Changelog(more);
  }

  /** Writes it below a folder. */
  Path writeTo(Path folder) {
    try {
      for (var file : files.entrySet()) {
        var path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
