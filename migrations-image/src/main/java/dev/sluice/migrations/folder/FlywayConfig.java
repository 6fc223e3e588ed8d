package dev.sluice.migrations.folder;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code V1__x.sql.conf}: what Flyway is told about one script. */
record FlywayConfig(boolean inTransaction, boolean placeholders, Charset encoding) {
  static final String END = ".conf";
  private static final String KNOWN = "executeInTransaction, placeholderReplacement, encoding";

  /** Another text isn't repeated: it may be a value. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z.]*");

  /** {@code ofAll}: what holds where it says nothing. */
  static FlywayConfig of(FolderFiles files, String script, FlywayConfig ofAll) throws IOException {
    var config = ofAll;
    var name = script + END;
    if (!files.has(name)) {
      return config;
    }
    var properties = new Properties();
    try {
      properties.load(new StringReader(FileDigests.withoutMark(files.text(name))));
    } catch (IllegalArgumentException _) {
      throw files.refused(name, "has a line that isn't like key=true", "known: " + KNOWN);
    }
    for (var key : new TreeSet<>(properties.stringPropertyNames())) {
      config = config.with(files, name, key, properties.getProperty(key).strip());
    }
    return config;
  }

  private FlywayConfig with(FolderFiles files, String name, String key, String value) {
    if (!NAME.matcher(key).matches()) {
      throw files.refused(name, "has a line that isn't like key=true", "known: " + KNOWN);
    }
    return switch (key) {
      case "executeInTransaction" ->
          new FlywayConfig(is(files, name, key, value), placeholders, encoding);
      case "placeholderReplacement" ->
          new FlywayConfig(inTransaction, is(files, name, key, value), encoding);
      case "encoding" -> new FlywayConfig(inTransaction, placeholders, charset(files, name, value));
      default ->
          throw files.refused(name, "says " + key + ", which isn't known here", "known: " + KNOWN);
    };
  }

  private static Charset charset(FolderFiles files, String name, String value) {
    try {
      return Charset.forName(value);
    } catch (IllegalArgumentException _) {
      throw files.refused(
          name, "names an encoding that isn't known", "known are those of Java, as UTF-8");
    }
  }

  private static boolean is(FolderFiles files, String name, String key, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw files.refused(name, "must say true or false for " + key, "mend it");
    };
  }
}
