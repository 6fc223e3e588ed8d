package dev.sluice.migrations.folder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> OWN =
      Set.of(
          FILE_NAME,
          "flyway:defaultSchema",
          "flyway:user",
          "flyway:database",
          "flyway:timestamp",
          "flyway:table");

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

  /**
   * {@code script} is the file's name. Read as Flyway reads: what begins like a prefix and isn't
   * one is passed over whole, so that {@code $${x}} is none; one that nothing ends goes on to the
   * end.
   */
  Filled in(String text, String script) {
    var out = new StringBuilder();
    var missing = new ArrayList<String>();
    var asked = false;
    var at = 0;
    while (at < text.length()) {
      var alike = alike(text, at);
      if (alike < prefix.length()) {
        var after = Math.min(text.length(), at + alike + 1);
        out.append(text, at, after);
        at = after;
        continue;
      }
      var begin = at + prefix.length();
      var end = text.indexOf(suffix, begin);
      var name =
          text.substring(begin, end < 0 ? Math.max(begin, text.length() - suffix.length()) : end);
      var after = end < 0 ? text.length() : end + suffix.length();
      var value = value(name, script);
      asked |= isOfSession(name);
      if (value == null && !missing.contains(name)) {
        missing.add(name);
      }
      out.append(value == null ? text.substring(at, after) : value);
      at = after;
    }
    return new Filled(out.toString(), new PlaceholderUse(missing, asked));
  }

  /** How many characters from there on are those of the prefix. */
  private int alike(String text, int from) {
    var alike = 0;
    while (alike < prefix.length()
        && from + alike < text.length()
        && text.charAt(from + alike) == prefix.charAt(alike)) {
      alike++;
    }
    return alike;
  }

  /** A value that the run gives, and that is Flyway's own. */
  Optional<String> givenOfFlyway() {
    return given.keySet().stream().filter(OWN::contains).findFirst();
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
