package dev.sluice.migrations.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes strings as JSON. */
public final class JsonText {
  private JsonText() {}

  /** An object of strings. */
  public static String of(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> quoted(value.getKey()) + ":" + quoted(value.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** An array of strings. */
  public static String of(List<String> values) {
    return values.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /** A string. */
  public static String quoted(String value) {
    var out = new StringBuilder();
    quote(value, out);
    return out.toString();
  }

  /** Appends it in quotation marks; half a character becomes the one that stands for none. */
  public static void quote(String value, StringBuilder out) {
    out.append('"');
    value.codePoints().forEach(point -> escape(point, out));
    out.append('"');
  }

  private static void escape(int point, StringBuilder out) {
    switch (point) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        var lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (point < 0x20 || point == 0x7f) {
          out.append("\\u%04x".formatted(point));
        } else {
          out.appendCodePoint(lone ? 0xfffd : point);
        }
      }
    }
  }
}
