package dev.sluice.migrations.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the statements of a text as the server does: outside of comments, strings, quoted names,
 * dollar quotes, brackets and {@code BEGIN ATOMIC} bodies.
 */
public final class SqlScan {
  /** The second form is no setting of Flyway's, but real folders have it and mean it. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "--\\s*(?:sluice:no-transaction|(?i:flyway)[:.]\\s*executeInTransaction\\s*=\\s*false)\\s*");

  /** What pg_dump writes since 2025 so that psql does nothing but SQL in between. */
  private static final Set<String> RESTRICTING = Set.of("\\restrict", "\\unrestrict");

  /** Of these the first word says enough. */
  private static final Set<String> DATA =
      Set.of("INSERT", "UPDATE", "DELETE", "SELECT", "VALUES", "MERGE");

  private static final int MOST_WORDS = 24;
  private static final int LONGEST_DIRECTIVE = 200;
  private static final int LONGEST_COMMAND = 40;

  /** No more of a string is kept than says what it is. */
  private static final int LONGEST_STRING = 65;

  private static final int ASCII = 0x80;
  private static final byte START = 1;

  /** What a word may begin with, and what may be in it; a table, since a large text has many. */
  private static final byte[] WORDS = words();

  private static byte[] words() {
    var table = new byte[ASCII];
    for (var sign = 0; sign < ASCII; sign++) {
      if (sign == '_' || Character.isLetter(sign)) {
        table[sign] = START;
      } else if (sign == '$' || Character.isDigit(sign)) {
        table[sign] = START + 1;
      }
    }
    return table;
  }

  private static final boolean[] SPECIAL = special();

  private static boolean[] special() {
    var table = new boolean[ASCII];
    for (var sign : "'\"$-/\\;()".toCharArray()) {
      table[sign] = true;
    }
    return table;
  }

  private final CharSequence text;
  private final int limit;
  private final Consumer<SqlStatement> found;
  private final List<SqlStatement> statements = new ArrayList<>();
  private final List<String> head = new ArrayList<>();
  private final List<int[]> leftOut = new ArrayList<>();
  private SourcePosition counted;
  private boolean noTransaction;
  private boolean open;
  private int countedTo;
  private int at;
  private int start;
  private int passedFrom;
  private int brackets;
  private int atomic;
  private boolean settled;
  private boolean copies;
  private boolean copiesIn;
  private boolean unended;
  private boolean copiesOut;
  private boolean backslashes;
  private boolean countsLines = true;
  private @Nullable Boolean hasLineFeeds;
  private @Nullable String metaCommand;
  private String before = "";

  private SqlScan(
      CharSequence text,
      int from,
      int to,
      SourcePosition position,
      @Nullable Consumer<SqlStatement> found) {
    this.text = text;
    this.limit = to;
    this.counted = position;
    this.countedTo = from;
    this.at = from;
    this.start = from;
    this.found = found == null ? statements::add : found;
  }

  /** {@code position}: where the text begins. */
  public static SqlScan of(String text, SourcePosition position) {
    return new SqlScan(text, 0, text.length(), position, null).done();
  }

  /**
   * A part of a text that may be large: each statement is handed on when it is found, and not kept;
   * its position is that of the part. Each char of the text may as well be a byte of UTF-8.
   */
  public static SqlScan of(
      CharSequence text, int from, int to, SourcePosition position, Consumer<SqlStatement> found) {
    var scan = new SqlScan(text, from, to, position, found);
    scan.countsLines = false;
    return scan.done();
  }

  private SqlScan done() {
    while (at < limit) {
      next();
    }
    open |= brackets > 0 || atomic > 0;
    end();
    return this;
  }

  /** What the server takes of it: blanks where psql would take a line for itself. */
  public String text() {
    if (leftOut.isEmpty()) {
      return text.toString();
    }
    var blanked = new StringBuilder(text);
    for (var line : leftOut) {
      for (var i = line[0]; i < line[1]; i++) {
        blanked.setCharAt(i, ' ');
      }
    }
    return blanked.toString();
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

  /** It has lines of pg_dump's for psql, which {@link #text} has blanks for. */
  public boolean leavesLinesOut() {
    return !leftOut.isEmpty();
  }

  /** It has a {@code COPY … FROM STDIN}. */
  public boolean copiesIn() {
    return copiesIn;
  }

  /** The first of psql's own commands in it, as {@code \connect}; but for those of pg_dump. */
  public Optional<String> metaCommand() {
    return Optional.ofNullable(metaCommand);
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
    if (settled) {
      pass();
      if (at == limit || isStringOfPassed()) {
        return;
      }
    }
    var sign = text.charAt(at);
    if (Character.isWhitespace(sign)) {
      at++;
    } else if (sign == '-' && isNext('-')) {
      lineComment();
    } else if (sign == '/' && isNext('*')) {
      blockComment();
    } else if (sign == '\'') {
      string(backslashes);
    } else if (sign == '"') {
      quotedName();
    } else if (sign == '$' && dollarQuote()) {
      token("$$");
    } else if (isWordStart(sign)) {
      word();
    } else if (sign == '\\' && isCommand()) {
      metaCommand(at);
    } else {
      symbol(sign);
    }
  }

  /** Over words and signs that neither end the statement nor hide its end. */
  private void pass() {
    passedFrom = at;
    while (at < limit && isPassed(text.charAt(at))) {
      at++;
    }
    before = "";
  }

  private boolean isPassed(char sign) {
    return sign >= ASCII || !SPECIAL[sign] || (sign == '$' && isInWord());
  }

  /** Words are taken from their first letter on: {@code a$1} is one, {@code 1$a$} isn't. */
  private boolean isInWord() {
    var from = wordFrom();
    return from < at && isWordStart(text.charAt(from));
  }

  /** Where the word or number begins that reaches to here; of a number, its first letter. */
  private int wordFrom() {
    var from = at;
    while (from > passedFrom && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    while (from < at && !isWordStart(text.charAt(from))) {
      from++;
    }
    return from;
  }

  /** A string right after what was passed, which may be its {@code E}. */
  private boolean isStringOfPassed() {
    if (text.charAt(at) != '\'') {
      return false;
    }
    var last = at > passedFrom ? text.charAt(at - 1) : ' ';
    var isEscape = (last == 'E' || last == 'e') && wordFrom() == at - 1;
    string(isEscape || backslashes);
    return true;
  }

  private boolean isNext(char sign) {
    return at + 1 < limit && text.charAt(at + 1) == sign;
  }

  private String cut(int from, int to) {
    return text.subSequence(from, to).toString();
  }

  private void lineComment() {
    var end = lineEnd(at);
    if (end - at < LONGEST_DIRECTIVE) {
      noTransaction |= DIRECTIVE.matcher(cut(at, end)).matches();
    }
    at = end;
  }

  private int lineEnd(int from) {
    var end = from;
    while (end < limit && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private void blockComment() {
    var depth = 0;
    do {
      if (text.charAt(at) == '/' && isNext('*')) {
        depth++;
        at += 2;
      } else if (text.charAt(at) == '*' && isNext('/')) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < limit);
    open |= depth > 0;
  }

  /**
   * Outside of strings the server knows no backslash: psql takes it, and what follows, for itself.
   */
  private boolean isCommand() {
    var next = at + 1 < limit ? text.charAt(at + 1) : ' ';
    return Character.isLetter(next) || next == '!' || next == '?' || next == '.';
  }

  private void metaCommand(int from) {
    var end = lineEnd(from);
    var words = cut(from, Math.min(end, from + LONGEST_DIRECTIVE)).strip().split("[\\s;]+", 2);
    if (head.isEmpty() && RESTRICTING.contains(words[0])) {
      leftOut.add(new int[] {from, end});
      start = end;
    } else if (metaCommand == null) {
      metaCommand = words[0].length() > LONGEST_COMMAND ? "\\" : words[0];
    }
    at = end;
  }

  private void string(boolean escapes) {
    var from = at;
    quoted(escapes);
    var to = at;
    while (continues()) {
      quoted(escapes);
    }
    if (settled) {
      before = "";
    } else {
      token(to - from <= LONGEST_STRING && to == at ? cut(from, at) : "''");
    }
  }

  private void quoted(boolean escapes) {
    var closed = false;
    at++;
    while (at < limit && !closed) {
      var sign = text.charAt(at++);
      if (sign == '\\' && escapes) {
        at++;
      } else if (sign == '\'') {
        closed = at >= limit || text.charAt(at) != '\'';
        at += closed ? 0 : 1;
      }
    }
    open |= !closed;
    at = Math.min(at, limit);
  }

  /** The string goes on on another line, and is read there as it was; then it is gone to. */
  private boolean continues() {
    var next = at;
    var newLine = false;
    while (next < limit) {
      var sign = text.charAt(next);
      if (sign == '-' && next + 1 < limit && text.charAt(next + 1) == '-') {
        next = lineEnd(next);
      } else if (Character.isWhitespace(sign)) {
        newLine |= sign == '\n' || sign == '\r';
        next++;
      } else {
        break;
      }
    }
    if (!newLine || next >= limit || text.charAt(next) != '\'') {
      return false;
    }
    at = next;
    return true;
  }

  private void quotedName() {
    var from = at++;
    var closed = false;
    while (at < limit && !closed) {
      if (text.charAt(at++) == '"') {
        closed = at >= limit || text.charAt(at) != '"';
        at += closed ? 0 : 1;
      }
    }
    open |= !closed;
    token(cut(from, at));
  }

  /** {@code $tag$ ... $tag$}; without its end it takes the rest. */
  private boolean dollarQuote() {
    var tagEnd = at + 1;
    while (tagEnd < limit && isTagPart(text.charAt(tagEnd), tagEnd == at + 1)) {
      tagEnd++;
    }
    if (tagEnd >= limit || text.charAt(tagEnd) != '$') {
      return false;
    }
    var tag = cut(at, tagEnd + 1);
    at = tagEnd + 1;
    while (at < limit && !isHere(tag)) {
      at++;
    }
    open |= at >= limit;
    at = Math.min(limit, at + tag.length());
    return true;
  }

  private boolean isHere(String expected) {
    if (at + expected.length() > limit) {
      return false;
    }
    for (var i = 0; i < expected.length(); i++) {
      if (text.charAt(at + i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTagPart(char sign, boolean first) {
    return isWordStart(sign) || (!first && Character.isDigit(sign));
  }

  private static boolean isWordStart(char sign) {
    return sign >= ASCII || WORDS[sign] == START;
  }

  private void word() {
    var from = at;
    while (at < limit && isWordPart(text.charAt(at))) {
      at++;
    }
    var isEscape = at - from == 1 && at < limit && text.charAt(at) == '\'';
    if (isEscape && (text.charAt(from) == 'E' || text.charAt(from) == 'e')) {
      string(true);
    } else {
      word(cut(from, at).toUpperCase(Locale.ROOT));
    }
  }

  private static boolean isWordPart(char sign) {
    return sign >= ASCII || WORDS[sign] != 0;
  }

  /** No word that follows says any more of the statement; a large one has many. */
  private boolean settles() {
    var first = head.getFirst();
    return DATA.contains(first)
        || (head.size() >= MOST_WORDS && !first.equals("CREATE") && !isCopy());
  }

  private boolean isCopy() {
    return head.getFirst().equals("COPY");
  }

  private void word(String word) {
    copies |= word.equals("STDIN") && before.equals("FROM") && isCopy();
    copiesOut |=
        word.equals("STDOUT") && before.equals("TO") && brackets == 0 && atomic == 0 && isCopy();
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
    if (settled) {
      before = "";
    } else {
      token(String.valueOf(sign));
    }
  }

  private void token(String token) {
    before = token;
    if (head.size() < MOST_WORDS) {
      head.add(token);
      settled = settles();
    }
  }

  /** The lines after this one, up to one that is {@code \.}, as psql has it. */
  private SqlStatement.Data copied() {
    // an old Mac's line ends are some only where there are no others
    var lineEnd = hasLineFeeds() ? '\n' : '\r';
    nextLine(lineEnd);
    var from = at;
    while (at < limit) {
      var line = at;
      nextLine(lineEnd);
      if (isEndOfData(line)) {
        return new SqlStatement.Data(from, line, lineEnd);
      }
    }
    unended = true;
    return new SqlStatement.Data(from, limit, lineEnd);
  }

  private boolean hasLineFeeds() {
    if (hasLineFeeds == null) {
      var i = 0;
      while (i < limit && text.charAt(i) != '\n') {
        i++;
      }
      hasLineFeeds = i < limit;
    }
    return hasLineFeeds;
  }

  private void nextLine(char lineEnd) {
    while (at < limit && text.charAt(at) != lineEnd) {
      at++;
    }
    at = Math.min(limit, at + 1);
  }

  private boolean isEndOfData(int line) {
    return text.charAt(line) == '\\'
        && line + 1 < limit
        && text.charAt(line + 1) == '.'
        && cut(line + 2, at).isBlank();
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
      var from = start;
      while (from < at && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      var to = at;
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      var position = countsLines ? position(from) : counted;
      copiesIn |= copies;
      var data = copies ? copied() : null;
      var statement = new SqlStatement(text, from, to, head, data, position);
      backslashes =
          statement.turnsBackslashesOn() || (backslashes && !statement.turnsBackslashesOff());
      found.accept(statement);
    }
    copies = false;
    start = at;
    head.clear();
    settled = false;
    brackets = 0;
    atomic = 0;
    before = "";
  }
}
