package dev.sluice.migrations.folder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in for Flyway's placeholders, {@code ${name}}, as Flyway does: everywhere in a text,
 * comments included, and without regard to capitals.
 *
 * @param prefix what a placeholder begins with
 * @param suffix what it ends with
 * @param given values by name
 * @param ofSession Flyway's own by name, as {@code flyway:user}; they win over the others
 */
public record Placeholders(
    String prefix, String suffix, Map<String, String> given, Map<String, String> ofSession) {
  private static final String FILE_NAME = "flyway:filename";

  public Placeholders {
    given = withoutCapitals(given);
    ofSession = withoutCapitals(ofSession);
  }

  private static Map<String, String> withoutCapitals(Map<String, String> values) {
    var same = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    same.putAll(values);
    return Collections.unmodifiableMap(same);
  }

  /** In Flyway's usual form. */
  public static Placeholders of(Map<String, String> given) {
    return new Placeholders("${", "}", given, Map.of());
  }

  /** The same with the values of a session, which are missing else. */
  public Placeholders with(Map<String, String> valuesOfSession) {
    return new Placeholders(prefix, suffix, given, valuesOfSession);
  }

  /** A text with the values in it; what has none stays as it is. */
  record Filled(String text, PlaceholderUse use) {
    static Filled asItIs(String text) {
      return new Filled(text, PlaceholderUse.NONE);
    }
  }

  /** {@code script} is the file's name. */
  Filled in(String text, String script) {
    var out = new StringBuilder();
    var missing = new ArrayList<String>();
    var asked = false;
    var from = 0;
    var begin = text.indexOf(prefix);
    while (begin >= 0) {
      var end = text.indexOf(suffix, begin + prefix.length());
      if (end < 0) {
        break;
      }
      var name = text.substring(begin + prefix.length(), end);
      var value = value(name, script);
      asked |= isOfSession(name);
      if (value == null && !missing.contains(name)) {
        missing.add(name);
      }
      var after = end + suffix.length();
      out.append(text, from, begin).append(value == null ? text.substring(begin, after) : value);
      from = after;
      begin = text.indexOf(prefix, from);
    }
    return new Filled(
        out.append(text, from, text.length()).toString(), new PlaceholderUse(missing, asked));
  }

  private static boolean isOfSession(String name) {
    return name.regionMatches(true, 0, "flyway:", 0, "flyway:".length())
        && !name.equalsIgnoreCase(FILE_NAME);
  }

  private @Nullable String value(String name, String script) {
    if (name.equalsIgnoreCase(FILE_NAME)) {
      return script.substring(script.lastIndexOf('/') + 1);
    }
    var own = ofSession.get(name);
    return own == null ? given.get(name) : own;
  }
}
