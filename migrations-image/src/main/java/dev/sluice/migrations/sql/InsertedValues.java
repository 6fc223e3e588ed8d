package dev.sluice.migrations.sql;

import java.util.regex.Pattern;

/** Rows that a text brings along: plain {@code INSERT … VALUES}, and nothing else. */
public final class InsertedValues {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?i)insert\\s+into\\s+[^\\s(]+\\s*(?:\\([^()]*\\)\\s*)?"
              + "(?:overriding\\s+\\w+\\s+value\\s+)?values\\b");
  private static final Pattern QUERY = Pattern.compile("(?i)\\b(?:select|table|with)\\b");

  /** A text that is longer isn't looked through. */
  private static final int LONG = 100_000;

  private InsertedValues() {}

  /** Whether there is nothing else in it; it may say no although. */
  public static boolean only(String sql) {
    if (sql.length() > LONG || QUERY.matcher(sql).find()) {
      return false;
    }
    var statements = SqlScan.of(sql, SourcePosition.startOf("")).statements();
    return !statements.isEmpty() && statements.stream().allMatch(InsertedValues::isOne);
  }

  private static boolean isOne(SqlStatement statement) {
    var text = statement.text();
    return BEGINNING.matcher(text).region(statement.begin(), text.length()).lookingAt();
  }
}
