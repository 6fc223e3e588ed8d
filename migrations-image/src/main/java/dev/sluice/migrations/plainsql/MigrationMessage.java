package dev.sluice.migrations.plainsql;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.util.List;
import java.util.Optional;

/**
 * A migration that one transaction holds, as one message: what begins the transaction, the chunks,
 * and what ends it. The server reads it whole before it does anything, and nothing of it after an
 * error.
 */
record MigrationMessage(List<SqlPart> head, Migration migration, List<SqlPart> tail) {
  MigrationMessage {
    head = List.copyOf(head);
    tail = List.copyOf(tail);
  }

  /** No chunk swallows what follows it, or changes how that is read. */
  static boolean canHold(Migration migration) {
    return migration.chunks().stream().allMatch(Chunk::closed);
  }

  /**
   * Its file comes first, where pg_stat_activity and the server's log show it. A chunk may end with
   * a comment, or without its semicolon.
   */
  String text() {
    var chunks = migration.chunks().stream().map(MigrationMessage::sent).collect(joining());
    return beforeChunks() + chunks + SqlPart.message(tail);
  }

  private String beforeChunks() {
    return "-- " + migration.path().replaceAll("\\p{Cntrl}", "?") + "\n" + SqlPart.message(head);
  }

  private static String sent(Chunk chunk) {
    return chunk.sql() + "\n;\n";
  }

  /**
   * The statement that failed; empty when it is one of the runner's own.
   *
   * @param position the character of the message, from 1; 0 when the server doesn't say
   * @param completed the statements that the server had done before
   */
  Optional<ChunkPlace> place(int position, int completed) {
    return position > 0 ? ofCharacter(position - 1) : ofStatement(completed - head.size());
  }

  private Optional<ChunkPlace> ofCharacter(int character) {
    var left = character - characters(beforeChunks());
    var before = 0;
    for (var chunk : migration.chunks()) {
      var length = characters(sent(chunk));
      if (left < 0 || left < length) {
        return left < 0
            ? Optional.empty()
            : Optional.of(ChunkPlace.ofCharacter(migration, chunk, before, left));
      }
      left -= length;
      before += chunk.statements();
    }
    return Optional.empty();
  }

  private Optional<ChunkPlace> ofStatement(int statement) {
    var left = statement;
    var before = 0;
    for (var chunk : migration.chunks()) {
      var statements = chunk.statements();
      if (left < 0 || left < statements) {
        return left < 0
            ? Optional.empty()
            : Optional.of(ChunkPlace.ofStatement(migration, chunk, before, left));
      }
      left -= statements;
      before += statements;
    }
    return Optional.empty();
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
