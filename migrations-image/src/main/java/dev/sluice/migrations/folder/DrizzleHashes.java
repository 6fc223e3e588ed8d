package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hashes that Drizzle may have noted of a text: with either line ends, with and without a byte
 * order mark.
 */
public record DrizzleHashes(Path root) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** All that the text of the migration's file can have; the file is read for it. */
  public Set<String> of(Migration migration) {
    try {
      return of(Files.readString(root.resolve(migration.path())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> of(String text) {
    var unix = FileDigests.withoutMark(text).replace("\r\n", "\n");
    var windows = unix.replace("\n", "\r\n");
    return Stream.of(text, unix, windows, BYTE_ORDER_MARK + unix, BYTE_ORDER_MARK + windows)
        .map(variant -> FileDigests.sha256(variant.getBytes(UTF_8)))
        .collect(Collectors.toSet());
  }
}
