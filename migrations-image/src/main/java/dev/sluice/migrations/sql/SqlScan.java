package dev.sluice.migrations.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the statements of a text as the server does: outside of comments, strings, quoted names,
 * dollar quotes, brackets and {@code BEGIN ATOMIC} bodies.
 */
public final class SqlScan {
  /** The second form is no setting of Flyway's, but real folders have it and mean it. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "--\\s*(?:sluice:no-transaction|(?i:flyway)[:.]\\s*executeInTransaction\\s*=\\s*false)\\s*");

  private static final int MOST_WORDS = 24;

  /** A label of an enum has at most 63 bytes. */
  private static final int LONGEST_STRING = 65;

  private final String text;
  private SourcePosition counted;
  private final List<SqlStatement> statements = new ArrayList<>();
  private final List<String> head = new ArrayList<>();
  private final Set<String> strings = new HashSet<>();
  private boolean noTransaction;
  private boolean open;
  private int countedTo;
  private int at;
  private int start;
  private int brackets;
  private int atomic;
  private boolean copies;
  private boolean unended;
  private boolean copiesOut;
  private String before = "";

  private SqlScan(String text, SourcePosition position) {
    this.text = text;
    this.counted = position;
  }

  /** {@code position}: where the text begins. */
  public static SqlScan of(String text, SourcePosition position) {
    var scan = new SqlScan(text, position);
    while (scan.at < text.length()) {
      scan.next();
    }
    scan.open |= scan.brackets > 0 || scan.atomic > 0;
    scan.end();
    return scan;
  }

  public String text() {
    return text;
  }

  public List<SqlStatement> statements() {
    return statements;
  }

  /** It says {@code -- sluice:no-transaction}. */
  public boolean noTransaction() {
    return noTransaction;
  }

  /** It has the data of a {@code COPY … FROM STDIN}, and no line says where that ends. */
  public boolean hasUnendedData() {
    return unended;
  }

  /** It has a {@code COPY … TO STDOUT}, which sends the client what nobody reads. */
  public boolean copiesOut() {
    return copiesOut;
  }

  /** It ends in the middle of a string, a quoted name, a comment, brackets or a body. */
  public boolean isOpen() {
    return open;
  }

  private void next() {
    var sign = text.charAt(at);
    if (Character.isWhitespace(sign)) {
      at++;
    } else if (text.startsWith("--", at)) {
      lineComment();
    } else if (text.startsWith("/*", at)) {
      blockComment();
    } else if (sign == '\'') {
      string(false);
    } else if (sign == '"') {
      quotedName();
    } else if (sign == '$' && dollarQuote()) {
      token("$$");
    } else if (isWordStart(sign)) {
      word();
    } else {
      symbol(sign);
    }
  }

  private void lineComment() {
    var end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    noTransaction |= DIRECTIVE.matcher(text.substring(at, end)).matches();
    at = end;
  }

  private void blockComment() {
    var depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    open |= depth > 0;
  }

  private void string(boolean backslashes) {
    var from = at++;
    var closed = false;
    while (at < text.length() && !closed) {
      var sign = text.charAt(at++);
      if (sign == '\\' && backslashes) {
        at++;
      } else if (sign == '\'') {
        closed = at >= text.length() || text.charAt(at) != '\'';
        at += closed ? 0 : 1;
      }
    }
    open |= !closed;
    at = Math.min(at, text.length());
    if (at - from <= LONGEST_STRING) {
      var value = text.substring(from, at);
      strings.add(value);
      token(value);
    } else {
      token("''");
    }
  }

  private void quotedName() {
    var end = text.indexOf('"', at + 1);
    while (end > 0 && end + 1 < text.length() && text.charAt(end + 1) == '"') {
      end = text.indexOf('"', end + 2);
    }
    var after = end < 0 ? text.length() : end + 1;
    open |= end < 0;
    token(text.substring(at, after));
    at = after;
  }

  /** {@code $tag$ ... $tag$}; without its end it takes the rest. */
  private boolean dollarQuote() {
    var tagEnd = at + 1;
    while (tagEnd < text.length() && isTagPart(text.charAt(tagEnd), tagEnd == at + 1)) {
      tagEnd++;
    }
    if (tagEnd >= text.length() || text.charAt(tagEnd) != '$') {
      return false;
    }
    var tag = text.substring(at, tagEnd + 1);
    var end = text.indexOf(tag, tagEnd + 1);
    open |= end < 0;
    at = end < 0 ? text.length() : end + tag.length();
    return true;
  }

  private static boolean isTagPart(char sign, boolean first) {
    return isWordStart(sign) || (!first && Character.isDigit(sign));
  }

  private static boolean isWordStart(char sign) {
    return sign == '_' || sign >= 0x80 || Character.isLetter(sign);
  }

  private void word() {
    var from = at;
    while (at < text.length()
        && (isWordStart(text.charAt(at))
            || Character.isDigit(text.charAt(at))
            || text.charAt(at) == '$')) {
      at++;
    }
    var word = text.substring(from, at).toUpperCase(Locale.ROOT);
    if (word.equals("E") && at < text.length() && text.charAt(at) == '\'') {
      string(true);
      return;
    }
    copies |= word.equals("STDIN") && before.equals("FROM") && head.getFirst().equals("COPY");
    copiesOut |=
        word.equals("STDOUT")
            && before.equals("TO")
            && brackets == 0
            && atomic == 0
            && head.getFirst().equals("COPY");
    if (word.equals("ATOMIC") && before.equals("BEGIN")) {
      atomic = 1;
    } else if (atomic > 0 && word.equals("CASE")) {
      atomic++;
    } else if (atomic > 0 && word.equals("END")) {
      atomic--;
    }
    token(word);
  }

  private void symbol(char sign) {
    at++;
    if (sign == ';' && brackets == 0 && atomic == 0) {
      end();
      return;
    }
    if (sign == '(') {
      brackets++;
    } else if (sign == ')') {
      brackets = Math.max(0, brackets - 1);
    }
    token(String.valueOf(sign));
  }

  private void token(String token) {
    before = token;
    if (head.size() < MOST_WORDS) {
      head.add(token);
    }
  }

  /** The lines after this one, up to one that is {@code \.}, as psql has it; one newline each. */
  private String copied() {
    var data = new StringBuilder();
    // an old Mac's line ends are some only where there are no others
    var lineEnd = text.indexOf('\n') < 0 ? '\r' : '\n';
    nextLine(lineEnd);
    while (at < text.length()) {
      var line = nextLine(lineEnd);
      if (line.stripTrailing().equals("\\.")) {
        return data.toString();
      }
      data.append(line).append('\n');
    }
    unended = true;
    return data.toString();
  }

  private String nextLine(char lineEnd) {
    var end = text.indexOf(lineEnd, at);
    var line = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Counts on from where it was asked last; never goes back. */
  private SourcePosition position(int to) {
    counted = counted.after(text, countedTo, to);
    countedTo = to;
    return counted;
  }

  /** A statement without any token, be there comments, is none. */
  private void end() {
    if (!head.isEmpty()) {
      var statement = text.substring(start, at);
      var blank = statement.length() - statement.stripLeading().length();
      var position = position(start + blank);
      var copied = copies ? copied() : null;
      statements.add(new SqlStatement(statement.strip(), head, strings, copied, position));
    }
    copies = false;
    start = at;
    head.clear();
    strings.clear();
    brackets = 0;
    atomic = 0;
    before = "";
  }
}
