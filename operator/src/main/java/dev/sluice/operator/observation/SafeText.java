package dev.sluice.operator.observation;

/** Text from elsewhere, made fit for a status. */
public final class SafeText {
  private SafeText() {}

  /** At most {@code longest} UTF-16 units, never half a character. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
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
    return cut(clean.toString().strip(), longest);
  }
}
