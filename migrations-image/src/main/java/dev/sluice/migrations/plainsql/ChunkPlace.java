package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.report.Failure;

/** Where in a file the statement of a chunk stands that failed. */
record ChunkPlace(String file, Failure.Place place) {
  /** {@code before}: statements in earlier chunks; {@code statement} from 0, in this one. */
  static ChunkPlace ofStatement(Migration migration, Chunk chunk, int before, int statement) {
    return of(migration, chunk, before + statement + 1, chunk.line(0, statement));
  }

  /** {@code found} from 0, in the chunk, or in what is sent after it. */
  static ChunkPlace ofCharacter(Migration migration, Chunk chunk, int before, int found) {
    var last = chunk.sql().codePointCount(0, chunk.sql().length()) - 1;
    var character = Math.max(0, Math.min(found, last));
    var statement = before + chunk.statementAt(character) + 1;
    return of(migration, chunk, statement, chunk.line(character + 1, 0));
  }

  Failure in(Failure failure) {
    return failure.in(failure.changeSet(), file).at(place);
  }

  private static ChunkPlace of(Migration migration, Chunk chunk, int statement, int line) {
    var all = migration.chunks().stream().mapToInt(Chunk::statements).sum();
    return new ChunkPlace(
        chunk.position().file(), new Failure.Place(statement, Math.max(all, statement), line));
  }
}
