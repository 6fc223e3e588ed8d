package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The text of a file that is too large to be held: each char is a byte of its UTF-8, read as it is
 * asked for; {@link #subSequence} is the text that the bytes stand for.
 */
final class FileText implements CharSequence {
  private static final int WINDOW = 1 << 17;

  private final Path file;
  private final int length;
  private final FileTime modified;
  private final byte[] window = new byte[WINDOW];
  private int base;
  private int filled;

  FileText(Path file) throws IOException {
    this.file = file;
    this.length = Math.toIntExact(Files.size(file));
    this.modified = Files.getLastModifiedTime(file);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    var at = index - base;
    if (at < 0 || at >= filled) {
      fill(index);
      at = index - base;
    }
    return (char) (window[at] & 0xff);
  }

  private void fill(int from) {
    try (var channel = FileChannel.open(file)) {
      base = from;
      filled = 0;
      var into = ByteBuffer.wrap(window, 0, Math.min(WINDOW, length - from));
      while (into.hasRemaining()) {
        if (channel.read(into, base + into.position()) < 0) {
          throw changed();
        }
      }
      filled = into.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String subSequence(int start, int end) {
    var at = start - base;
    if (at >= 0 && end - base <= filled) {
      return new String(window, at, end - start, UTF_8);
    }
    try (var in = stream(start, end)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first place of that from there on; negative when it is nowhere. */
  int indexOf(String ascii, int from) {
    var first = (byte) ascii.charAt(0);
    for (var i = from; i <= length - ascii.length(); i++) {
      i = next(first, i);
      if (i <= length - ascii.length() && isAt(i, ascii)) {
        return i;
      }
    }
    return -1;
  }

  /** The first place of that byte from there on, or the end. */
  private int next(byte wanted, int from) {
    var i = from;
    while (i < length) {
      charAt(i);
      for (var at = i - base; at < filled; at++) {
        if (window[at] == wanted) {
          return base + at;
        }
      }
      i = base + filled;
    }
    return length;
  }

  /** How many lines end in a part: with LF, CR LF or CR. */
  int lineEnds(int from, int to) {
    var lines = 0;
    var last = 0;
    for (var i = from; i < to; ) {
      charAt(i);
      var end = Math.min(filled, to - base);
      for (var at = i - base; at < end; at++) {
        var sign = window[at];
        lines += sign == '\r' || (sign == '\n' && last != '\r') ? 1 : 0;
        last = sign;
      }
      i = base + end;
    }
    return lines;
  }

  private boolean isAt(int index, String ascii) {
    for (var i = 1; i < ascii.length(); i++) {
      if (charAt(index + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a part, as they are; the file must be as it was when it was first seen. */
  InputStream stream(int from, int to) throws IOException {
    if (Files.size(file) != length || !Files.getLastModifiedTime(file).equals(modified)) {
      throw changed();
    }
    var open = FileChannel.open(file).position(from);
    return new BufferedInputStream(new Part(Channels.newInputStream(open), to - from), WINDOW);
  }

  /** Where the text begins, after a byte order mark. */
  int begin() {
    return length >= 3 && charAt(0) == 0xef && charAt(1) == 0xbb && charAt(2) == 0xbf ? 3 : 0;
  }

  boolean isUtf8() throws IOException {
    var decoder = UTF_8.newDecoder();
    var bytes = ByteBuffer.allocate(WINDOW);
    var chars = CharBuffer.allocate(WINDOW);
    try (var in = Channels.newChannel(stream(0, length))) {
      for (var read = 0; read >= 0; ) {
        read = in.read(bytes);
        bytes.flip();
        if (isAscii(bytes)) {
          bytes.position(bytes.limit());
        } else if (decoder.decode(bytes, chars, read < 0).isError()) {
          return false;
        }
        chars.clear();
        bytes.compact();
      }
    }
    return true;
  }

  private static boolean isAscii(ByteBuffer bytes) {
    var all = 0;
    var array = bytes.array();
    var from = bytes.arrayOffset() + bytes.position();
    for (var i = from; i < from + bytes.remaining(); i++) {
      all |= array[i];
    }
    return all >= 0;
  }

  private IOException changed() {
    return new IOException(file.getFileName() + " was changed while it was read");
  }

  @Override
  public String toString() {
    return subSequence(0, length);
  }

  /** So many bytes of a stream. */
  private static final class Part extends java.io.FilterInputStream {
    private int left;

    Part(InputStream in, int length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      if (left == 0) {
        return count == 0 ? 0 : -1;
      }
      var read = super.read(into, offset, Math.min(count, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) {
      return 0;
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
