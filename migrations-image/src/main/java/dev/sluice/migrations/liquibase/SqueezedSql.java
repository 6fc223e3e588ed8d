package dev.sluice.migrations.liquibase;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * SQL without spaces and comments, in which a statement is found again that Liquibase has taken
 * them out of, or a YAML file has indented.
 */
final class SqueezedSql {
  private static final Pattern LEFT_OUT = Pattern.compile("\\s+|--[^\\n\\r]*|/\\*(?s:.*?)\\*/");

  private final String text;
  private final String squeezed;

  /** Where in the text each character of it is. */
  private final int[] offsets;

  SqueezedSql(String text) {
    this.text = text;
    var kept = new StringBuilder(text.length());
    var places = new int[text.length()];
    var leftOut = LEFT_OUT.matcher(text);
    var from = 0;
    while (from < text.length()) {
      var to = leftOut.find(from) ? leftOut.start() : text.length();
      for (var i = from; i < to; i++) {
        places[kept.length()] = i;
        kept.append(text.charAt(i));
      }
      from = to < text.length() ? leftOut.end() : to;
    }
    this.squeezed = kept.toString();
    this.offsets = Arrays.copyOf(places, kept.length());
  }

  /** Where in it the line begins, counted from 1. */
  int afterLine(int line) {
    var at = 0;
    for (var before = 1; before < line && at >= 0; before++) {
      at = text.indexOf('\n', at) + 1;
    }
    return squeezedAt(at);
  }

  /** What follows the next place of the statement; the same place when there is none. */
  int after(SqueezedSql statement, int from) {
    var at = squeezed.indexOf(statement.squeezed, from);
    return at < 0 ? from : at + statement.squeezed.length();
  }

  /** The line of a character of a statement that stands from here on; 0 when there is none. */
  int line(SqueezedSql statement, int from, int character) {
    var at = statement.squeezed.isEmpty() ? -1 : squeezed.indexOf(statement.squeezed, from);
    if (at < 0) {
      return 0;
    }
    var within = Math.min(statement.squeezedAt(character), statement.squeezed.length() - 1);
    var offset = offsets[at + within];
    return 1 + Math.toIntExact(text.chars().limit(offset).filter(c -> c == '\n').count());
  }

  private int squeezedAt(int offset) {
    var found = Arrays.binarySearch(offsets, offset);
    return found >= 0 ? found : -found - 1;
  }
}
