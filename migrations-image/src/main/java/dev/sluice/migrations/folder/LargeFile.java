package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.SqlStatement;
import dev.sluice.migrations.sql.TransactionMode;
import dev.sluice.migrations.sql.TransactionModes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file that is too large to be held: where its statements are is kept, not what they are. */
final class LargeFile {
  private final FolderFiles files;
  private final String name;
  private final FileText text;
  private final TransactionModes modes = new TransactionModes();
  private final StatementPlaces statements;
  private final List<Part> parts = new ArrayList<>();
  private boolean copiesIn;

  /** What is between two breakpoints of Drizzle's. */
  private record Part(Chunk chunk, int statements, boolean hasOneForItself) {}

  private LargeFile(FolderFiles files, String name, FileText text) {
    this.files = files;
    this.name = name;
    this.text = text;
    this.statements = new StatementPlaces(text, files.path(name));
  }

  /** Read to its end; {@code breakpoint} is what its parts are between, null where it has none. */
  static LargeFile read(FolderFiles files, String name, @Nullable String breakpoint)
      throws IOException {
    var file = new LargeFile(files, name, files.largeText(name));
    file.read(breakpoint);
    return file;
  }

  private void read(@Nullable String breakpoint) {
    var position = SourcePosition.startOf(files.path(name));
    var from = text.begin();
    while (from >= 0) {
      var next = breakpoint == null ? -1 : text.indexOf(breakpoint, from);
      var to = next < 0 ? text.length() : next;
      readPart(from, to, position);
      var after = next < 0 || breakpoint == null ? -1 : next + breakpoint.length();
      position = after < 0 ? position : position.after(text, from, after);
      from = after;
    }
  }

  private void readPart(int from, int to, SourcePosition position) {
    var seen = new PartFacts();
    statements.beginPart();
    Consumer<SqlStatement> each =
        statement -> {
          modes.add(statement);
          statements.add(statement);
          seen.add(statement);
        };
    var scan = SqlScan.of(text, from, to, position, each);
    modes.add(scan);
    files.refuseWhatIsForPsql(name, scan);
    if (scan.hasUnendedData()) {
      throw files.unendedData(name);
    }
    var chunk =
        new Chunk(
            new ChunkText.InFile(text, from, to),
            seen.isAtomic(),
            false,
            seen.waits,
            null,
            position);
    parts.add(new Part(chunk, seen.count, seen.needsAutocommit));
    copiesIn |= scan.copiesIn();
  }

  boolean copiesIn() {
    return copiesIn;
  }

  FileText text() {
    return text;
  }

  TransactionMode mode() {
    return modes.mode();
  }

  @Nullable String isolation() {
    return modes.isolation();
  }

  /** Several statements in one part, one of which can't be in a transaction with others. */
  boolean mixes() {
    return parts.stream().anyMatch(part -> part.statements() > 1 && part.hasOneForItself());
  }

  /** As they are between breakpoints. */
  List<Chunk> parts() {
    return parts.stream().map(Part::chunk).toList();
  }

  /** Each statement by itself. */
  List<Chunk> alone() {
    return statements.alone();
  }

  /**
   * As many as make a message of a fair size, for a transaction that goes on from one to another.
   */
  List<Chunk> together() {
    return statements.together();
  }

  /** What is known of a part when all its statements have been seen. */
  private static final class PartFacts {
    private int count;
    private boolean ends;
    private boolean chained;
    private boolean waits;
    private boolean needsAutocommit;

    void add(SqlStatement statement) {
      count++;
      ends |= statement.endsTransaction();
      chained |= statement.isChained();
      waits |= statement.waitsForOthers();
      needsAutocommit |= statement.needsAutocommit();
    }

    boolean isAtomic() {
      return !ends || (count == 1 && !chained);
    }
  }
}
