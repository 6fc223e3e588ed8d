package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.SqlStatement;
import dev.sluice.migrations.sql.TransactionModes;
import org.jspecify.annotations.Nullable;

/**
 * What is sent in one message, or joined with others to one.
 *
 * @param atomic it leaves nothing behind when it fails
 * @param closed what follows it in a message isn't swallowed, or read in another way than alone
 * @param waitsForOthers it waits by design for transactions that have begun before it
 * @param copied the data that a {@code COPY … FROM STDIN} takes; else null
 * @param position where it begins
 */
public record Chunk(
    String sql,
    boolean atomic,
    boolean closed,
    boolean waitsForOthers,
    @Nullable String copied,
    SourcePosition position) {

  static Chunk of(SqlScan scan, SourcePosition position) {
    return new Chunk(
        scan.text(),
        TransactionModes.isAtomic(scan.statements()),
        !scan.isOpen() && scan.statements().stream().noneMatch(SqlStatement::changesReading),
        scan.statements().stream().anyMatch(SqlStatement::waitsForOthers),
        null,
        position);
  }

  /** A statement of its own. */
  static Chunk of(SqlStatement statement) {
    return new Chunk(
        statement.text(),
        true,
        false,
        statement.waitsForOthers(),
        statement.copied(),
        statement.position());
  }

  /** The same with another text. */
  public Chunk with(String text) {
    return text.equals(sql)
        ? this
        : new Chunk(text, atomic, closed, waitsForOthers, copied, position);
  }

  /** How many statements the server sees in it. */
  public int statements() {
    return copied == null ? SqlScan.of(sql, position).statements().size() : 1;
  }

  /** Which of its statements the character is in; both from 0. */
  public int statementAt(int character) {
    if (copied != null || character > sql.codePointCount(0, sql.length())) {
      return Math.max(0, statements() - 1);
    }
    var offset = position.offset() + sql.offsetByCodePoints(0, character);
    var begun =
        SqlScan.of(sql, position).statements().stream()
            .filter(statement -> statement.position().offset() <= offset)
            .count();
    return Math.max(0, Math.toIntExact(begun) - 1);
  }

  /** The line of the character, counted from 1; where that is 0, of the statement, from 0. */
  public int line(int character, int statement) {
    if (character > 0 && character <= sql.codePointCount(0, sql.length())) {
      return position.after(sql, 0, sql.offsetByCodePoints(0, character - 1)).line();
    }
    var all = SqlScan.of(sql, position).statements();
    if (statement >= all.size()) {
      return position.line();
    }
    var found = all.get(statement);
    return found.position().after(found.text(), 0, found.begin()).line();
  }

  /** For people. */
  public String shown() {
    return copied == null ? sql : sql + "\n-- and lines of data: " + copied.lines().count();
  }
}
