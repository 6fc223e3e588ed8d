package dev.sluice.migrations.folder;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Lines of {@code flyway.key=value}, as Java's properties, but a backslash in a value is one. */
final class FlywayConf {
  private static final String FLYWAY = "flyway.";

  private FlywayConf() {}

  /** By the names without {@code flyway.}; a line that ends with one backslash goes on. */
  static Map<String, String> of(String text) throws IOException {
    var lines = new StringBuilder();
    for (var line : text.lines().map(String::strip).toList()) {
      var isComment = line.startsWith("#") || line.startsWith("!");
      var backslashes = line.length() - line.replaceFirst("\\\\+$", "").length();
      var goesOn = !isComment && backslashes % 2 == 1;
      var own = goesOn ? line.substring(0, line.length() - 1) : line;
      lines.append(own.replace("\\", "\\\\")).append(goesOn ? "\\\n" : "\n");
    }
    var properties = new Properties();
    properties.load(new StringReader(lines.toString()));
    var values = new HashMap<String, String>();
    for (var name : properties.stringPropertyNames()) {
      if (name.startsWith(FLYWAY)) {
        values.put(name.substring(FLYWAY.length()), properties.getProperty(name).strip());
      }
    }
    return values;
  }
}
