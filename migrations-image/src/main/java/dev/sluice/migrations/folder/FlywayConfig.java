package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.regex.Pattern;

/** {@code V1__x.sql.conf}: what Flyway is told about one script. */
record FlywayConfig(boolean inTransaction, boolean placeholders) {
  private static final String END = ".conf";
  private static final String KNOWN = "executeInTransaction, placeholderReplacement";

  /** Another text isn't repeated: it may be a value. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z.]*");

  /** {@code ofAll}: what holds where it says nothing. */
  static FlywayConfig of(FolderFiles files, String script, FlywayConfig ofAll) throws IOException {
    var config = ofAll;
    var name = script + END;
    if (!files.has(name)) {
      return config;
    }
    for (var line : FileDigests.withoutMark(files.text(name)).lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        config = config.with(files, name, line);
      }
    }
    return config;
  }

  private FlywayConfig with(FolderFiles files, String name, String line) {
    var equals = line.indexOf('=');
    var key = equals < 0 ? line : line.substring(0, equals).strip();
    var value = equals < 0 ? "" : line.substring(equals + 1).strip();
    if (!NAME.matcher(key).matches()) {
      throw files.refused(name, "has a line that isn't like key=true", "known: " + KNOWN);
    }
    return switch (key) {
      case "executeInTransaction" -> new FlywayConfig(is(files, name, key, value), placeholders);
      case "placeholderReplacement" -> new FlywayConfig(inTransaction, is(files, name, key, value));
      default ->
          throw files.refused(name, "says " + key + ", which isn't known here", "known: " + KNOWN);
    };
  }

  private static boolean is(FolderFiles files, String name, String key, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw files.refused(name, "must say true or false for " + key, "mend it");
    };
  }
}
