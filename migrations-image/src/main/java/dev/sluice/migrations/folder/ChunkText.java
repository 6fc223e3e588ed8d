package dev.sluice.migrations.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a chunk sends: held, or read again from its file. */
public sealed interface ChunkText {
  /** Whole. */
  String text();

  /** How many bytes it has. */
  int size();

  /** As UTF-8. */
  InputStream stream() throws IOException;

  /** As much of it as says what it is. */
  String beginning(int most);

  /** How many lines it has, the last one without its end too. */
  default long lines() {
    try (var in = stream()) {
      var buffer = new byte[1 << 13];
      var lines = 0L;
      var isOpen = false;
      for (var read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (var i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        isOpen = buffer[read - 1] != '\n';
      }
      return isOpen ? lines + 1 : lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Held(String text) implements ChunkText {
    @Override
    public int size() {
      return text.length();
    }

    @Override
    public InputStream stream() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String beginning(int most) {
      return text.substring(0, Math.min(most, text.length()));
    }
  }

  /** A part of a file, byte for byte. */
  record InFile(FileText file, int from, int to) implements ChunkText {
    @Override
    public String text() {
      return file.subSequence(from, to);
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public InputStream stream() throws IOException {
      return file.stream(from, to);
    }

    @Override
    public String beginning(int most) {
      return file.subSequence(from, Math.min(to, from + most));
    }
  }

  /** Lines of data in a file, with one newline each. */
  record Lines(FileText file, int from, int to, char lineEnd) implements ChunkText {
    @Override
    public String text() {
      try (var in = stream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public InputStream stream() throws IOException {
      return new UnixLines(file.stream(from, to), lineEnd == '\r');
    }

    @Override
    public String beginning(int most) {
      return file.subSequence(from, Math.min(to, from + most));
    }
  }
}
