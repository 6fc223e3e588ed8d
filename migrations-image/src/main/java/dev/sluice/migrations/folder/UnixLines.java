package dev.sluice.migrations.folder;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream with the line ends of Unix: one newline for each pair of Windows'. */
final class UnixLines extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final boolean aloneToo;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;

  /** A carriage return was the last byte, and what it is depends on the next. */
  private boolean isOpen;

  /** {@code aloneToo}: a carriage return alone ends a line as well. */
  UnixLines(InputStream in, boolean aloneToo) {
    super(in);
    this.aloneToo = aloneToo;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    var written = 0;
    while (written < count) {
      if (at == filled && !fill()) {
        break;
      }
      var sign = buffer[at];
      if (isOpen) {
        isOpen = false;
        into[offset + written++] = sign == '\n' || aloneToo ? (byte) '\n' : (byte) '\r';
        at += sign == '\n' ? 1 : 0;
      } else {
        at++;
        isOpen = sign == '\r';
        if (!isOpen) {
          into[offset + written++] = sign;
        }
      }
    }
    if (written < count && isOpen) {
      isOpen = false;
      into[offset + written++] = aloneToo ? (byte) '\n' : (byte) '\r';
    }
    return written == 0 && count > 0 ? -1 : written;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    return filled > 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
