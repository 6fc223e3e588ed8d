package dev.sluice.migrations.database;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Schemas, separated by commas; each is meant as it is written, upper case included. */
public final class SearchPath {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_$]{0,62}";
  private static final Pattern NAMES = Pattern.compile(NAME + "( *, *" + NAME + ")*");

  private SearchPath() {}

  public static boolean isPlain(String name) {
    return name.matches(NAME);
  }

  public static boolean isOne(String text) {
    return NAMES.matcher(text).matches();
  }

  public static List<String> schemas(String text) {
    return Stream.of(text.split(",")).map(String::strip).toList();
  }
}
