package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.SqlStatement;
import dev.sluice.migrations.sql.TransactionModes;
import java.util.List;
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
    ChunkText content,
    boolean atomic,
    boolean closed,
    boolean waitsForOthers,
    @Nullable ChunkText copied,
    SourcePosition position) {
  /** One that is larger isn't held: it goes from its file to the server. */
  private static final int MOST_HELD = 1 << 20;

  private static final int MOST_SHOWN = 2_000;

  static Chunk of(SqlScan scan, SourcePosition position) {
    return new Chunk(
        new ChunkText.Held(scan.text()),
        TransactionModes.isAtomic(scan.statements()),
        !scan.isOpen() && scan.statements().stream().noneMatch(SqlStatement::changesReading),
        scan.statements().stream().anyMatch(SqlStatement::waitsForOthers),
        null,
        position);
  }

  /** A statement of its own. */
  static Chunk of(SqlStatement statement) {
    var copied = statement.copied();
    return new Chunk(
        new ChunkText.Held(statement.text()),
        true,
        false,
        statement.waitsForOthers(),
        copied == null ? null : new ChunkText.Held(copied),
        statement.position());
  }

  /** It is too large to be held. */
  public boolean isLarge() {
    return content.size() > MOST_HELD && content instanceof ChunkText.InFile;
  }

  /** Its text; of a large one, as much as says what it is. */
  public String sql() {
    return isLarge() ? content.beginning(MOST_HELD) : content.text();
  }

  /** The same with another text in place of {@link #sql}. */
  public Chunk with(String text) {
    return text.equals(sql())
        ? this
        : new Chunk(new ChunkText.Held(text), atomic, closed, waitsForOthers, copied, position);
  }

  /** Each of its statements by itself, for where they can't be sent together. */
  public List<Chunk> apart() {
    return copied != null || isLarge()
        ? List.of(this)
        : SqlScan.of(sql(), position).statements().stream().map(Chunk::of).toList();
  }

  /** How many statements the server sees in it. */
  public int statements() {
    return copied == null && !isLarge() ? SqlScan.of(sql(), position).statements().size() : 1;
  }

  /** Which of its statements the character is in; both from 0. */
  public int statementAt(int character) {
    var sql = sql();
    if (copied != null || isLarge() || character > sql.codePointCount(0, sql.length())) {
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
    var sql = sql();
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
    var text = content instanceof ChunkText.InFile ? content.beginning(MOST_SHOWN) : sql();
    var cut = text.length() < content.size() && content instanceof ChunkText.InFile ? " …" : "";
    return copied == null ? text + cut : text + cut + "\n-- and lines of data: " + copied.lines();
  }
}
