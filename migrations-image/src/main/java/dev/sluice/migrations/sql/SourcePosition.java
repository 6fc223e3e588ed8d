package dev.sluice.migrations.sql;

/**
 * Where a piece of SQL begins.
 *
 * @param file its path below the root, as in the ledger
 * @param offset from the beginning of the file, a byte order mark not counted: UTF-16 units, or
 *     bytes in a file that is too large to be held
 * @param line from 1; a line ends with LF, CR LF or CR
 */
public record SourcePosition(String file, int offset, int line) {
  public static SourcePosition startOf(String file) {
    return new SourcePosition(file, 0, 1);
  }

  /** After the characters from {@code from} to {@code to}, the first of which is here. */
  public SourcePosition after(CharSequence text, int from, int to) {
    var lines = 0;
    for (var i = from; i < to; i++) {
      var sign = text.charAt(i);
      var pair = sign == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (sign == '\n' || (sign == '\r' && !pair)) {
        lines++;
      }
    }
    return new SourcePosition(file, offset + to - from, line + lines);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
