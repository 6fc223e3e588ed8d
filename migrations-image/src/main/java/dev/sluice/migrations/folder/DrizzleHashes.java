package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hashes that Drizzle may have noted of a text: with either line ends, with and without a byte
 * order mark.
 */
public record DrizzleHashes(Path root) {
  private static final byte[] MARK = "\uFEFF".getBytes(UTF_8);

  /** All that the text of the migration's file can have; the file is read for it. */
  public Set<String> of(Migration migration) {
    try {
      return of(Files.newInputStream(root.resolve(migration.path())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> of(String text) {
    try {
      return of(new ByteArrayInputStream(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> of(InputStream text) throws IOException {
    var asItIs = FileDigests.sha256();
    var unix = List.of(FileDigests.sha256(), FileDigests.sha256());
    var windows = List.of(FileDigests.sha256(), FileDigests.sha256());
    unix.getLast().update(MARK);
    windows.getLast().update(MARK);
    try (var in = new BufferedInputStream(new DigestInputStream(text, asItIs))) {
      in.mark(MARK.length);
      if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
        in.reset();
      }
      FileDigests.eachBlock(
          new UnixLines(in, false),
          (bytes, offset, length) -> {
            unix.forEach(digest -> digest.update(bytes, offset, length));
            var lines = windows(bytes, length);
            windows.forEach(digest -> digest.update(lines));
          });
    }
    return Stream.of(List.of(asItIs), unix, windows)
        .flatMap(List::stream)
        .map(digest -> HexFormat.of().formatHex(digest.digest()))
        .collect(Collectors.toSet());
  }

  private static byte[] windows(byte[] unix, int length) {
    var lines = new ByteArrayOutputStream(length + length / 8);
    for (var i = 0; i < length; i++) {
      if (unix[i] == '\n') {
        lines.write('\r');
      }
      lines.write(unix[i]);
    }
    return lines.toByteArray();
  }
}
