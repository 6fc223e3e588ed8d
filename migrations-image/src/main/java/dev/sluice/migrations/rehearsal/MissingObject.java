package dev.sluice.migrations.rehearsal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server's message says doesn't exist.
 *
 * @param kind the last word of what it calls it, as {@code configuration}
 */
record MissingObject(String kind, String name) {
  private static final Pattern MISSING =
      Pattern.compile(
          "\\b(?<kind>\\w+) (?:\"(?<quoted>.+?)\"(?= of | for |[,"
              + " ]|$)|(?<called>[^\\s\"(]+)\\().*does not exist");
  private static final Pattern OPERATOR = Pattern.compile("operator does not exist: \\S+ (\\S+)");
  private static final Pattern PARAMETER =
      Pattern.compile("unrecognized configuration parameter \"(.+?)\"");
  private static final Pattern COLUMN =
      Pattern.compile(
          "column (?:\"(?<name>.+?)\"(?: of relation \"(?<table>.+?)\")?|\\S+?\\.(?<plain>\\S+))"
              + " does not exist");

  /** {@code table}: empty when the message names none. */
  record Column(String name, String table) {}

  static Optional<Column> column(String message) {
    var found = COLUMN.matcher(message);
    if (!found.find()) {
      return Optional.empty();
    }
    var name = found.group("name") == null ? found.group("plain") : found.group("name");
    return Optional.of(new Column(name, found.group("table") == null ? "" : found.group("table")));
  }

  /** Anything but a column. */
  static Optional<MissingObject> of(String message) {
    var operator = OPERATOR.matcher(message);
    if (operator.find()) {
      return Optional.of(new MissingObject("operator", operator.group(1)));
    }
    var parameter = PARAMETER.matcher(message);
    if (parameter.find()) {
      return Optional.of(new MissingObject("parameter", parameter.group(1)));
    }
    var missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    var name = missing.group("quoted") == null ? missing.group("called") : missing.group("quoted");
    return Optional.of(new MissingObject(missing.group("kind"), name));
  }
}
