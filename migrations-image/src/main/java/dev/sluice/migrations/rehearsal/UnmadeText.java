package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.engine.ReplayStep;
import java.util.Locale;
import java.util.regex.Pattern;

/** The text of all that a replay left out, of the changeset that it is at, and what goes by it. */
final class UnmadeText {
  private static final int MOST = 4 << 20;

  /** The name that a server's message is about, without its schema. */
  private static final Pattern NAME =
      Pattern.compile("\"(?:[^\"]*\\.)?([^\".]+)\"|function (?:\\w+\\.)?(\\w+)\\(");

  private final StringBuilder unmade = new StringBuilder();
  private final StringBuilder current = new StringBuilder();
  private final StringBuilder pending = new StringBuilder();
  private String changeSet = "";
  private String last = "";

  /** What is beyond is data, as a rule. */
  private static void append(StringBuilder all, String text) {
    all.append(text, 0, Math.min(text.length(), Math.max(0, MOST - all.length())));
  }

  /** {@code isPending}: the target will have it done when it comes to the steps that follow. */
  void sent(ReplayStep step, boolean isPending) {
    append(pending, last);
    last = isPending ? step.sql().toLowerCase(Locale.ROOT) + '\n' : "";
    if (!step.changeSet().equals(changeSet)) {
      changeSet = step.changeSet();
      current.setLength(0);
    }
    append(current, step.sql() + '\n');
  }

  /** Of the changeset that it is at, as far as it was sent. */
  String current() {
    return current.toString();
  }

  /** A step before this one drops or renames it, and the target has that still before it. */
  boolean isTakenAway(String message) {
    var name = NAME.matcher(message);
    if (!name.find()) {
      return false;
    }
    var missing = name.group(1) == null ? name.group(2) : name.group(1);
    return Pattern.compile(
            "\\b(?:drop|rename)\\b[^;]*(?<!\\w)"
                + Pattern.quote(missing.toLowerCase(Locale.ROOT))
                + "(?!\\w)")
        .matcher(pending)
        .find();
  }

  /** The changeset that it is at isn't made. */
  void keep() {
    add(current.toString());
  }

  void add(String sql) {
    append(unmade, sql.toLowerCase(Locale.ROOT) + '\n');
  }

  /** What a message says is missing may be made by it. */
  boolean mentions(String message) {
    var name = NAME.matcher(message);
    if (!name.find()) {
      return false;
    }
    var missing = name.group(1) == null ? name.group(2) : name.group(1);
    return unmade.indexOf(missing.toLowerCase(Locale.ROOT)) >= 0;
  }
}
