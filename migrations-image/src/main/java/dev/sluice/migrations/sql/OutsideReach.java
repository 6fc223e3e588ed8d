package dev.sluice.migrations.sql;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * SQL without the statements that reach out of their database: to programs and files of the server,
 * to other servers, to the server's own configuration.
 *
 * @param inside what is left, the text itself when nothing reaches out
 * @param outside how each of the others begins
 */
public record OutsideReach(String inside, List<String> outside) {
  private static final Set<String> EXTENSIONS = Set.of("DBLINK", "POSTGRES_FDW", "FILE_FDW");
  private static final int WORDS_SHOWN = 3;

  public OutsideReach {
    outside = List.copyOf(outside);
  }

  public static OutsideReach of(String sql) {
    var inside = new ArrayList<SqlStatement>();
    var outside = new ArrayList<String>();
    for (var statement : SqlScan.of(sql, SourcePosition.startOf("")).statements()) {
      if (reachesOut(statement)) {
        outside.add(shown(statement));
      } else {
        inside.add(statement);
      }
    }
    return outside.isEmpty()
        ? new OutsideReach(sql, List.of())
        : new OutsideReach(inside.stream().map(SqlStatement::text).collect(joining("\n")), outside);
  }

  private static boolean reachesOut(SqlStatement statement) {
    var first = statement.word(0);
    return switch (first) {
      case "COPY" -> copiesOutside(statement);
      case "LOAD" -> true;
      case "CREATE", "ALTER", "DROP", "IMPORT" -> changesOutside(statement);
      default -> false;
    };
  }

  /** A file or a program of the server's: whatever isn't the client. */
  private static boolean copiesOutside(SqlStatement statement) {
    var head = statement.head();
    for (var i = 1; i < head.size() - 1; i++) {
      var next = head.get(i + 1);
      if (Set.of("FROM", "TO").contains(head.get(i))
          && (next.equals("PROGRAM") || next.startsWith("'") || next.startsWith("E'"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean changesOutside(SqlStatement statement) {
    var second = statement.word(1);
    return switch (second) {
      case "SUBSCRIPTION", "SERVER", "FOREIGN", "SYSTEM", "TABLESPACE" -> true;
      case "USER" -> statement.word(2).equals("MAPPING");
      case "EXTENSION" -> EXTENSIONS.contains(extension(statement));
      default -> false;
    };
  }

  private static String extension(SqlStatement statement) {
    return statement
        .word(2 + condition(statement))
        .replace("\"", "")
        .toUpperCase(java.util.Locale.ROOT);
  }

  /** How many words say whether it is to be there already. */
  private static int condition(SqlStatement statement) {
    return statement.word(2).equals("IF") ? (statement.word(3).equals("NOT") ? 3 : 2) : 0;
  }

  private static String shown(SqlStatement statement) {
    if (statement.word(0).equals("COPY")) {
      return "COPY with a file or program of the server";
    }
    var words = new ArrayList<>(statement.head());
    words
        .subList(Math.min(2, words.size()), Math.min(2 + condition(statement), words.size()))
        .clear();
    return words.stream().limit(WORDS_SHOWN).collect(joining(" "));
  }
}
