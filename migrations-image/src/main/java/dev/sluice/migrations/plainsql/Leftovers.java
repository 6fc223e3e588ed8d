package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.Cleanup;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.sql.TransactionMode;
import java.sql.SQLException;
import java.util.Optional;

/** What a migration that failed outside of a transaction has left in the database. */
record Leftovers(
    SimpleQuery sql,
    MigrationFrame frame,
    UnfinishedTable unfinished,
    ConcurrentStatements concurrent) {

  /**
   * The failure, and what stays: then no other run can go on before a person has seen it. {@code
   * done} parts were sent without an error, {@code committed} are committed.
   */
  Failure in(Failure failure, Migration migration, int done, int committed) {
    if (migration.mode() == TransactionMode.TRANSACTION) {
      return failure;
    }
    return stayed(migration, done, committed)
        .map(what ->
            failure
                .message(failure.message() + "; " + what)
                .hint(unfinished.remedy(migration.file()))
                .exit(Exit.PERMANENT))
        .orElse(failure);
  }

  /** Empty, and the migration no longer unfinished, when that is nothing. */
  private Optional<String> stayed(Migration migration, int done, int committed) {
    try {
      return Cleanup.retried(() -> left(migration, done, committed));
    } catch (SQLException _) {
      return Optional.of("what of it was committed can't be asked any more");
    }
  }

  private Optional<String> left(Migration migration, int done, int committed) throws SQLException {
    sql.send(frame.settings());
    var mark =
        unfinished.marks().stream().filter(m -> m.file().equals(migration.file())).findFirst();
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    // a stop may have cancelled the note of a part that was committed
    var stay = Math.max(mark.get().done(), committed);
    var sent = migration.chunks().stream().limit(done + 1L);
    if (stay == 0 && sent.allMatch(Chunk::atomic) && concurrent.leftNothing()) {
      unfinished.end(migration.file());
      return Optional.empty();
    }
    unfinished.done(migration.file(), stay);
    return Optional.of(
        "%d of its %d parts were committed and stay".formatted(stay, mark.get().chunks()));
  }
}
