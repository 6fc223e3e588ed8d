package dev.sluice.migrations.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement, with its semicolon: how it begins (words in capitals, strings and names in their
 * quotes) and the short strings in it; comments in front of it are part of its text.
 *
 * @param copied the lines that follow {@code COPY … FROM STDIN}; else null
 */
public record SqlStatement(
    String text,
    List<String> head,
    Set<String> strings,
    @Nullable String copied,
    SourcePosition position) {
  private static final Pattern COMMENTS =
      Pattern.compile("(?:\\s+|--[^\\n\\r]*|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+");
  private static final Set<String> ENDS = Set.of("COMMIT", "END", "ROLLBACK", "ABORT");
  private static final Set<String> CLUSTER_WIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");

  public SqlStatement {
    head = List.copyOf(head);
    strings = Set.copyOf(strings);
  }

  /** Where its first word is in its text, after comments. */
  public int begin() {
    var comments = COMMENTS.matcher(text);
    return comments.lookingAt() ? comments.end() : 0;
  }

  /** Ends the transaction around it. */
  boolean endsTransaction() {
    return isPrepare() || (ENDS.contains(word(0)) && !isToSavepoint());
  }

  /** {@code COMMIT AND CHAIN}: the next transaction begins at once. */
  boolean isChained() {
    return has("CHAIN") && !has("NO");
  }

  private boolean isPrepare() {
    return word(0).equals("PREPARE") && word(1).equals("TRANSACTION");
  }

  private boolean isToSavepoint() {
    return word(0).equals("ROLLBACK") && (word(1).equals("TO") || word(2).equals("TO"));
  }

  /** The server refuses it inside of a transaction. */
  public boolean needsAutocommit() {
    return switch (word(0)) {
      case "VACUUM" -> true;
      case "CREATE" -> isIndexConcurrently() || CLUSTER_WIDE.contains(word(1));
      case "DROP" -> isIndexConcurrently() || CLUSTER_WIDE.contains(word(1));
      case "REINDEX" ->
          head.contains("CONCURRENTLY") || has("SCHEMA") || has("DATABASE") || has("SYSTEM");
      case "ALTER" ->
          word(1).equals("SYSTEM")
              || (word(1).equals("TABLE") && has("DETACH") && has("CONCURRENTLY"))
              || (word(1).equals("DATABASE") && has("TABLESPACE"))
              || (word(1).equals("SUBSCRIPTION") && has("REFRESH"));
      case "DISCARD" -> word(1).equals("ALL");
      default -> false;
    };
  }

  /** It ends when every transaction has that could still see what was before. */
  public boolean waitsForOthers() {
    return needsAutocommit() && has("CONCURRENTLY");
  }

  /** The server takes it only before the first query of a transaction. */
  boolean setsIsolation() {
    var first = word(1).equals("LOCAL") || word(1).equals("SESSION") ? 2 : 1;
    return word(0).equals("SET")
        && (word(first).equals("TRANSACTION_ISOLATION")
            || (word(first).equals("TRANSACTION") && has("ISOLATION")));
  }

  /** Strings after it are read in another way. */
  public boolean changesReading() {
    return (word(0).equals("SET") || word(0).equals("RESET"))
        && (has("STANDARD_CONFORMING_STRINGS") || word(1).equals("ALL"));
  }

  private boolean isIndexConcurrently() {
    var index = head.indexOf("INDEX");
    return index >= 1 && index <= 2 && word(index + 1).equals("CONCURRENTLY");
  }

  /** The label of {@code ALTER TYPE ... ADD VALUE 'label'} in its quotes, else empty. */
  String newEnumValue() {
    if (!word(0).equals("ALTER") || !word(1).equals("TYPE")) {
      return "";
    }
    var add = head.indexOf("ADD");
    if (add < 0 || !word(add + 1).equals("VALUE")) {
      return "";
    }
    var label = word(add + 2).equals("IF") ? word(add + 5) : word(add + 2);
    return label.startsWith("'") ? label : "";
  }

  /** The name after {@code ALTER TYPE} or {@code CREATE TYPE}, without its schema, else empty. */
  String type() {
    var at = 2;
    if (!word(1).equals("TYPE")) {
      return "";
    }
    while (word(at + 1).equals(".")) {
      at += 2;
    }
    return word(at).replace("\"", "").toUpperCase(java.util.Locale.ROOT);
  }

  String word(int at) {
    return at < head.size() ? head.get(at) : "";
  }

  private boolean has(String word) {
    return head.contains(word);
  }
}
