package dev.sluice.migrations.plainsql;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.util.List;

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
    var file = "-- " + migration.path().replaceAll("\\p{Cntrl}", "?") + "\n";
    var chunks = migration.chunks().stream().map(chunk -> chunk.sql() + "\n;\n").collect(joining());
    return file + SqlPart.message(head) + chunks + SqlPart.message(tail);
  }
}
