package dev.sluice.migrations.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a text, with its semicolon: how it begins (words in capitals, short strings and
 * names in their quotes); comments in front of it are part of its text.
 *
 * @param data the lines that follow {@code COPY … FROM STDIN}; else null
 */
public record SqlStatement(
    CharSequence source,
    int from,
    int to,
    List<String> head,
    @Nullable Data data,
    SourcePosition position) {
  private static final Pattern COMMENTS =
      Pattern.compile("(?:\\s+|--[^\\n\\r]*|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+");
  private static final Set<String> ENDS = Set.of("COMMIT", "END", "ROLLBACK", "ABORT");
  private static final Set<String> OFF =
      Set.of("OFF", "FALSE", "NO", "'OFF'", "'FALSE'", "'0'", "0");
  private static final Set<String> CLUSTER_WIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");

  /** Where they are in the source, each ended by {@code lineEnd}. */
  public record Data(int from, int to, char lineEnd) {}

  public SqlStatement {
    head = List.copyOf(head);
  }

  public String text() {
    return source.subSequence(from, to).toString();
  }

  /** The lines of its data, one newline each, as the server takes them; null without any. */
  public @Nullable String copied() {
    if (data == null) {
      return null;
    }
    var lines = source.subSequence(data.from(), data.to()).toString();
    var unix = data.lineEnd() == '\n' ? lines.replace("\r\n", "\n") : lines.replace('\r', '\n');
    return unix.isEmpty() || unix.endsWith("\n") ? unix : unix + "\n";
  }

  /** Where its first word is in its text, after comments. */
  public int begin() {
    var comments = COMMENTS.matcher(text());
    return comments.lookingAt() ? comments.end() : 0;
  }

  /** Ends the transaction around it. */
  public boolean endsTransaction() {
    return isPrepare()
        || (ENDS.contains(word(0)) && !isToSavepoint() && !word(1).equals("PREPARED"));
  }

  /** {@code COMMIT AND CHAIN}: the next transaction begins at once. */
  public boolean isChained() {
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
      case "CLUSTER" -> namesNoTable();
      case "COMMIT", "ROLLBACK" -> word(1).equals("PREPARED");
      case "CREATE" -> isIndexConcurrently() || CLUSTER_WIDE.contains(word(1));
      case "DROP" -> isIndexConcurrently() || CLUSTER_WIDE.contains(word(1));
      case "REINDEX" ->
          head.contains("CONCURRENTLY") || has("SCHEMA") || has("DATABASE") || has("SYSTEM");
      case "ALTER" ->
          word(1).equals("SYSTEM")
              || (word(1).equals("TABLE") && has("DETACH") && has("CONCURRENTLY"))
              || (word(1).equals("DATABASE") && has("TABLESPACE"))
              || (word(1).equals("SUBSCRIPTION") && (has("REFRESH") || has("PUBLICATION")));
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

  /** All tables that were clustered before, which takes a transaction each. */
  private boolean namesNoTable() {
    var options = word(1).equals("(") ? head.indexOf(")") + 1 : (word(1).equals("VERBOSE") ? 2 : 1);
    return head.size() <= options;
  }

  /** In strings that follow it, without an E in front, a backslash takes the next sign along. */
  public boolean turnsBackslashesOn() {
    return setsReading() && OFF.contains(setting().toUpperCase(Locale.ROOT));
  }

  boolean turnsBackslashesOff() {
    return setsReading() && !turnsBackslashesOn();
  }

  private boolean setsReading() {
    return word(0).equals("SET") && has("STANDARD_CONFORMING_STRINGS");
  }

  private String setting() {
    return word(head.indexOf("STANDARD_CONFORMING_STRINGS") + 2);
  }

  String word(int at) {
    return at < head.size() ? head.get(at) : "";
  }

  private boolean has(String word) {
    return head.contains(word);
  }
}
