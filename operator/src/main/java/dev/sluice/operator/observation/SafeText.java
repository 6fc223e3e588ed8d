package dev.sluice.operator.observation;

import java.nio.charset.StandardCharsets;

/** Text from elsewhere, made fit for a status. */
public final class SafeText {
  private static final String ELLIPSIS = "…";
  private static final int MARK = 0xFFFD;

  private SafeText() {}

  /** At most {@code longest} UTF-16 units, never half a character. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + ELLIPSIS;
  }

  /** At most {@code most} bytes of UTF-8, never half a character. */
  public static String cutBytes(String text, int most) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length <= most) {
      return text;
    }
    var end = most - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
    while ((encoded[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(encoded, 0, end, StandardCharsets.UTF_8) + ELLIPSIS;
  }

  /**
   * With a mark in the place of each character that isn't seen, or turns what follows around: text
   * must read as it is.
   */
  public static String visible(String text) {
    if (text.codePoints().noneMatch(SafeText::isInvisible)) {
      return text;
    }
    var visible = new StringBuilder();
    text.codePoints().map(c -> isInvisible(c) ? MARK : c).forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /** Marks of direction, joiners, spaces without width, tags, fillers. */
  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0;
  }

  /** One line without control characters and broken ones, at most {@code longest} long. */
  public static String clean(String text, int longest) {
    var clean = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c ->
            Character.isISOControl(c)
                    || Character.getType(c) == Character.SURROGATE
                    || c == 0x2028
                    || c == 0x2029
                ? ' '
                : c)
        .forEach(clean::appendCodePoint);
    return cut(visible(clean.toString().strip()), longest);
  }
}
