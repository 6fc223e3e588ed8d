package dev.sluice.authoring.write;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as {@code JSON.stringify(value, null, 2)} writes it, which is how drizzle-kit writes. */
public final class JsonText {
  private static final double LARGEST_WHOLE = 9_007_199_254_740_991.0;

  private JsonText() {}

  /** Of what {@code dev.sluice.migrations.text.Json} reads. */
  public static String of(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, "\n", out);
    return out.toString();
  }

  private static void write(@Nullable Object value, String line, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> object(map, line, out);
      case List<?> list -> list(list, line, out);
      case String text -> quote(text, out);
      case Double number when isWhole(number) -> out.append(number.longValue());
      default -> out.append(value);
    }
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
  }

  private static void object(Map<?, ?> map, String line, StringBuilder out) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    var before = "{";
    for (var entry : map.entrySet()) {
      out.append(before).append(line).append("  ");
      quote(String.valueOf(entry.getKey()), out);
      out.append(": ");
      write(entry.getValue(), line + "  ", out);
      before = ",";
    }
    out.append(line).append('}');
  }

  private static void list(List<?> list, String line, StringBuilder out) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    var before = "[";
    for (var item : list) {
      out.append(before).append(line).append("  ");
      write(item, line + "  ", out);
      before = ",";
    }
    out.append(line).append(']');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var sign = text.charAt(i);
      switch (sign) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> out.append(sign < ' ' ? "\\u%04x".formatted((int) sign) : sign);
      }
    }
    out.append('"');
  }
}
