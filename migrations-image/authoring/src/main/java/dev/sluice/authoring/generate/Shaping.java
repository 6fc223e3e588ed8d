package dev.sluice.authoring.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of the engine's statements those that people would write: a column comes with its default
 * in one statement, so that rows that are there have it too.
 */
final class Shaping {
  private static final String TABLE = "ALTER TABLE (?:ONLY )?(\\S+)\\s+";
  private static final Pattern ADD_COLUMN =
      Pattern.compile("(?s)" + TABLE + "ADD COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) (.*)");
  private static final Pattern SET_DEFAULT =
      Pattern.compile("(?s)" + TABLE + "ALTER COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) SET (DEFAULT .*)");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(?s)" + TABLE + "ALTER COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) ADD (GENERATED .*)");
  private static final Pattern NEW_SEQUENCE =
      Pattern.compile(
          "(?s)"
              + TABLE
              + "ALTER COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) ADD GENERATED .*\\(SEQUENCE NAME (\\S+)"
              + " .*");

  private static final Pattern QUOTED =
      Pattern.compile("(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\\$\\w*\\$).*?\\1");

  private Shaping() {}

  static List<String> shaped(List<String> statements) {
    var shaped = new ArrayList<String>();
    for (var statement : statements) {
      if (!isMerged(statement, shaped)) {
        shaped.add(statement);
      }
    }
    return counting(shaped.stream().map(Shaping::tidied).toList());
  }

  /**
   * A column that counts by a sequence of its own and becomes an identity: the engine would make
   * the new sequence while the old one has its name, and begin at 1.
   */
  private static List<String> counting(List<String> statements) {
    var all = new ArrayList<>(statements);
    for (var statement : statements) {
      var identity = NEW_SEQUENCE.matcher(statement);
      if (identity.matches() && all.remove("DROP SEQUENCE " + identity.group(3))) {
        var at = all.indexOf(statement);
        all.add(
            at + 1,
            "SELECT setval('%s', (SELECT coalesce(max(%s), 0) + 1 FROM %s), false)"
                .formatted(
                    identity.group(3).replace("'", "''"), identity.group(2), identity.group(1)));
        all.add(at, "DROP SEQUENCE " + identity.group(3));
      }
    }
    return all;
  }

  /** What a statement before makes of a new column can say it there. */
  private static boolean isMerged(String statement, List<String> before) {
    for (var form : List.of(SET_DEFAULT, IDENTITY)) {
      var later = form.matcher(statement);
      if (later.matches()) {
        for (var i = 0; i < before.size(); i++) {
          var merged = merged(before.get(i), later);
          if (merged.isPresent()) {
            before.set(i, merged.get());
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Optional<String> merged(String statement, Matcher later) {
    var add = ADD_COLUMN.matcher(statement);
    if (!add.matches()
        || !add.group(1).equals(later.group(1))
        || !add.group(2).equals(later.group(2))
        || add.group(3).contains(" DEFAULT ")) {
      return Optional.empty();
    }
    return Optional.of(statement + " " + later.group(3));
  }

  /** Outside of strings, names and bodies, which stay as they are. */
  private static String tidied(String statement) {
    var isAlter = statement.startsWith("ALTER ");
    var out = new StringBuilder();
    var at = 0;
    var quoted = QUOTED.matcher(statement);
    while (quoted.find()) {
      out.append(tidied(statement.substring(at, quoted.start()), isAlter)).append(quoted.group());
      at = quoted.end();
    }
    return out.append(tidied(statement.substring(at), isAlter)).toString();
  }

  private static String tidied(String plain, boolean isAlter) {
    return isAlter
        ? plain.replaceAll("\\s+", " ").replace("( ", "(").replace(" )", ")")
        : plain.replace("\t", "  ");
  }
}
