package dev.sluice.migrations.rehearsal.observation;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tables that aren't the user's own, such as ledgers and the histories of other tools. */
public final class UnwatchedTables {
  private final Predicate<String> matches;

  private UnwatchedTables(Predicate<String> matches) {
    this.matches = matches;
  }

  /**
   * By patterns.
   *
   * @param patterns {@code schema.table}, neither quoted; {@code *} stands for any characters
   */
  public static UnwatchedTables of(List<String> patterns) {
    var all = patterns.stream().map(UnwatchedTables::pattern).toList();
    return new UnwatchedTables(
        name -> all.stream().anyMatch(pattern -> pattern.matcher(name).matches()));
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
  }

  boolean contains(TableName table) {
    return matches.test(table.schema() + "." + table.name());
  }
}
