package dev.sluice.migrations.text;

import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, numbers and booleans: what is read here needs no library.
 */
public final class Json {
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /** Not JSON; says where. */
  public static final class BadException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    BadException(int at) {
      super("see character " + (at + 1));
    }
  }

  public static Object parse(String text) throws BadException {
    var json = new Json(text);
    var value = json.value();
    json.blanks();
    if (json.at < text.length() || value == null) {
      throw json.bad();
    }
    return value;
  }

  private @Nullable Object value() throws BadException {
    blanks();
    if (++depth > DEEPEST) {
      throw bad();
    }
    var value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> list();
          case '"' -> string();
          case 't' -> literal("true", true);
          case 'f' -> literal("false", false);
          case 'n' -> literal("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> object() throws BadException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    at++;
    blanks();
    while (!taken('}')) {
      if (!map.isEmpty()) {
        expect(',');
      }
      blanks();
      var name = string();
      blanks();
      expect(':');
      map.put(name, value());
      blanks();
    }
    return map;
  }

  private List<@Nullable Object> list() throws BadException {
    var list = new ArrayList<@Nullable Object>();
    at++;
    blanks();
    while (!taken(']')) {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value());
      blanks();
    }
    return list;
  }

  private String string() throws BadException {
    expect('"');
    var out = new StringBuilder();
    while (peek() != '"') {
      out.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at++));
    }
    at++;
    return out.toString();
  }

  private char escaped() throws BadException {
    at++;
    var sign = peek();
    at++;
    return switch (sign) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> sign;
      case 'u' -> unicode();
      default -> throw bad();
    };
  }

  private char unicode() throws BadException {
    if (at + 4 > text.length()) {
      throw bad();
    }
    try {
      var code = (char) Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return code;
    } catch (NumberFormatException _) {
      throw bad();
    }
  }

  private Number number() throws BadException {
    var start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(start, at));
    } catch (NumberFormatException _) {
      throw bad();
    }
  }

  private @Nullable Object literal(String word, @Nullable Object value) throws BadException {
    if (!text.startsWith(word, at)) {
      throw bad();
    }
    at += word.length();
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws BadException {
    if (at >= text.length()) {
      throw bad();
    }
    return text.charAt(at);
  }

  private boolean taken(char sign) throws BadException {
    if (peek() != sign) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char sign) throws BadException {
    if (!taken(sign)) {
      throw bad();
    }
  }

  private BadException bad() {
    return new BadException(at);
  }
}
