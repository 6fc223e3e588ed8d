package dev.sluice.migrations.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes JSON; texts are cut to a length, between characters. */
final class JsonWriter {
  private static final String ELLIPSIS = "…";

  private final StringBuilder out = new StringBuilder();
  private final int mostText;
  private boolean first = true;

  JsonWriter(int mostText) {
    this.mostText = mostText;
  }

  void open() {
    out.append('{');
    first = true;
  }

  void open(String name) {
    name(name);
    open();
  }

  void close() {
    out.append('}');
    first = false;
  }

  void number(String name, int value) {
    name(name);
    out.append(value);
  }

  /** Of so many tenths. */
  void tenths(String name, int value) {
    name(name);
    out.append(value / 10).append('.').append(value % 10);
  }

  /** An absent text is left out. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quote(cut(value));
    }
  }

  /** Never cut: half of it is worth nothing. */
  void whole(String name, String value) {
    name(name);
    quote(value);
  }

  void texts(String name, List<String> values) {
    name(name);
    out.append('[');
    for (var i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      quote(cut(values.get(i)));
    }
    out.append(']');
  }

  private void name(String name) {
    if (!first) {
      out.append(',');
    }
    first = false;
    quote(name);
    out.append(':');
  }

  private String cut(String value) {
    if (value.codePointCount(0, value.length()) <= mostText) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, Math.max(0, mostText - 1))) + ELLIPSIS;
  }

  private void quote(String value) {
    JsonText.quote(value, out);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
