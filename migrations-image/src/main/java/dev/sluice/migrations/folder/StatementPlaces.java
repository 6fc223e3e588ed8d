package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlStatement;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Where the statements of a large file are: a million of them take a few bytes each. */
final class StatementPlaces {
  private static final int MESSAGE = 1 << 18;

  private final FileText text;
  private final String path;
  private SourcePosition counted;
  private final Map<Integer, SqlStatement.Data> data = new HashMap<>();
  private final BitSet waiting = new BitSet();

  /** Those that nothing is sent together with before them. */
  private final BitSet first = new BitSet();

  private int[] from = new int[1 << 10];
  private int[] to = new int[1 << 10];
  private int count;

  StatementPlaces(FileText text, String path) {
    this.text = text;
    this.path = path;
    this.counted = new SourcePosition(path, text.begin(), 1);
  }

  void beginPart() {
    first.set(count);
  }

  void add(SqlStatement statement) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    from[count] = statement.from();
    to[count] = statement.to();
    if (statement.waitsForOthers()) {
      waiting.set(count);
    }
    if (count > 0 && !first.get(count) && isAwayFromTheLast(statement)) {
      first.set(count);
    }
    if (statement.turnsBackslashesOn()) {
      first.set(count + 1);
    }
    var copied = statement.data();
    if (copied != null) {
      data.put(count, copied);
      first.set(count);
      first.set(count + 1);
    }
    count++;
  }

  /** What is between them isn't for the server. */
  private boolean isAwayFromTheLast(SqlStatement statement) {
    for (var i = to[count - 1]; i < statement.from(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  List<Chunk> alone() {
    return new Alone();
  }

  List<Chunk> together() {
    var chunks = new ArrayList<Chunk>();
    for (var i = 0; i < count; ) {
      var last = i;
      while (last + 1 < count && !first.get(last + 1) && to[last + 1] - from[i] <= MESSAGE) {
        last++;
      }
      chunks.add(chunk(i, last));
      i = last + 1;
    }
    return chunks;
  }

  private Chunk chunk(int begin, int last) {
    return new Chunk(
        new ChunkText.InFile(text, from[begin], to[last]),
        true,
        false,
        waiting.get(begin),
        copied(begin),
        position(from[begin]));
  }

  /** Counted on from where it was asked last, as it usually is. */
  private SourcePosition position(int place) {
    if (place < counted.offset()) {
      counted = new SourcePosition(path, text.begin(), 1);
    }
    var lines = text.lineEnds(counted.offset(), place);
    counted = new SourcePosition(path, place, counted.line() + lines);
    return counted;
  }

  private @Nullable ChunkText copied(int number) {
    var found = data.get(number);
    return found == null
        ? null
        : new ChunkText.Lines(text, found.from(), found.to(), found.lineEnd());
  }

  /** Made as they are asked for. */
  private final class Alone extends AbstractList<Chunk> implements RandomAccess {
    @Override
    public Chunk get(int index) {
      return chunk(index, index);
    }

    @Override
    public int size() {
      return count;
    }
  }
}
