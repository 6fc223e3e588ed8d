package dev.sluice.migrations.folder;

import java.util.HashMap;
import java.util.Map;

/** Lines of {@code flyway.key=value}. */
final class FlywayConf {
  private static final String FLYWAY = "flyway.";

  private FlywayConf() {}

  /** By the names without {@code flyway.}; a line that ends with a backslash goes on. */
  static Map<String, String> of(String text) {
    var values = new HashMap<String, String>();
    for (var line : text.replaceAll("\\\\\\R\\s*", "").lines().map(String::strip).toList()) {
      var equals = line.indexOf('=');
      if (!line.startsWith("#") && line.startsWith(FLYWAY) && equals > 0) {
        values.put(
            line.substring(FLYWAY.length(), equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return values;
  }
}
