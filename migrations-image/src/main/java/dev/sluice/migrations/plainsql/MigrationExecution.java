package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.TransactionMode;
import dev.sluice.migrations.postgres.Cleanup;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.InvalidIndexes;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.SqlPart;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies one migration.
 *
 * <ol>
 *   <li>unless one transaction holds it all: enter it as unfinished, and commit that
 *   <li>send its chunks, each as it is
 *   <li>write its rows in one commit: with its last transaction, or after it
 * </ol>
 */
final class MigrationExecution {
  private final Session session;
  private final SimpleQuery sql;
  private final FolderLedger ledger;
  private final UnfinishedTable unfinished;
  private final ToolHistory history;
  private final RunContext context;
  private final Optional<SessionState> before;
  private int done;
  private int committed;

  MigrationExecution(
      Session session,
      SimpleQuery sql,
      FolderLedger ledger,
      UnfinishedTable unfinished,
      Layout layout,
      RunContext context)
      throws SQLException {
    this.session = session;
    this.sql = sql;
    this.ledger = ledger;
    this.unfinished = unfinished;
    this.history = ToolHistories.of(session, layout, TableName.DEFAULT);
    this.context = context;
    // Flyway puts them back after each migration, Drizzle doesn't
    this.before =
        layout == Layout.FLYWAY ? Optional.of(SessionState.of(session)) : Optional.empty();
  }

  /** Empty when it is applied and entered. */
  Optional<Failure> apply(Migration migration) {
    var invalid =
        migration.mode() == TransactionMode.TRANSACTION
            ? List.<String>of()
            : InvalidIndexes.in(session);
    done = 0;
    committed = 0;
    try {
      warn(migration);
      begin(migration);
      var started = System.nanoTime();
      for (var chunk : migration.chunks()) {
        sql.send(chunk.sql());
        done++;
        committed = sql.inTransaction() ? committed : done;
        noteDone(migration);
        context
            .events()
            .on(new RunEvent.ChunkDone(migration.file(), done, migration.chunks().size()));
      }
      enter(migration, Duration.ofNanos(System.nanoTime() - started).toMillis());
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(failed(migration, ServerError.in(e).orElseThrow(), invalid));
    }
  }

  private void warn(Migration migration) {
    if (migration.mode() == TransactionMode.ENDS_ITS_TRANSACTION) {
      context
          .events()
          .warn(
              migration.file()
                  + " ends its transaction itself: what it committed stays when it fails"
                  + " afterwards");
    }
  }

  private void begin(Migration migration) throws SQLException {
    if (migration.mode() != TransactionMode.TRANSACTION) {
      unfinished.begin(migration.file(), migration.chunks().size());
    }
    if (migration.mode() == TransactionMode.TRANSACTION) {
      sql.begin();
    } else if (migration.mode() == TransactionMode.ENDS_ITS_TRANSACTION) {
      sql.send("begin");
    }
  }

  /** In an open transaction it is committed with it, so it never says too much. */
  private void noteDone(Migration migration) throws SQLException {
    if (migration.mode() != TransactionMode.TRANSACTION) {
      unfinished.done(migration.file(), done);
    } else if (!sql.inTransaction()) {
      throw new SQLException("it ended its transaction where the runner couldn't see it", "25P01");
    }
  }

  private void enter(Migration migration, long millis) throws SQLException {
    var parts = new ArrayList<SqlPart>();
    parts.add(
        migration.isRepeatable()
            ? ledger.rowAgain(migration.file(), migration.checksum())
            : ledger.row(migration.file(), migration.checksum()));
    history.entry(migration, millis).ifPresent(parts::add);
    if (migration.mode() != TransactionMode.TRANSACTION) {
      parts.add(unfinished.ended(migration.file()));
    }
    sql.commitWith(parts, before.map(SessionState::putBack));
  }

  private Failure failed(Migration migration, ServerError said, List<String> invalidBefore) {
    // what a stop cancelled has ended: what is looked at from here on isn't to be
    context.stop().release();
    sql.rollBack();
    var failure = DatabaseFailures.ofChangeSet(said);
    if (migration.mode() == TransactionMode.TRANSACTION) {
      return failure;
    }
    var stayed = stayed(migration, invalidBefore);
    return stayed.isEmpty()
        ? failure
        : new Failure(
            failure.reason(),
            failure.exit(),
            said.message() + "; " + stayed.get(),
            unfinished.remedy(migration.file()),
            null,
            null,
            said.sqlState());
  }

  /** What a failed migration left behind; empty, and no longer unfinished, when that is nothing. */
  private Optional<String> stayed(Migration migration, List<String> invalidBefore) {
    try {
      return Cleanup.retried(() -> left(migration, invalidBefore));
    } catch (SQLException _) {
      return Optional.of("what of it was committed can't be asked any more");
    }
  }

  private Optional<String> left(Migration migration, List<String> invalidBefore)
      throws SQLException {
    var mark =
        unfinished.marks(migration.file()).stream()
            .filter(m -> m.file().equals(migration.file()))
            .findFirst();
    if (mark.isEmpty()) {
      return Optional.empty();
    }
    // a stop may have cancelled the note of a part that was committed
    var stay = Math.max(mark.get().done(), committed);
    var sent = migration.chunks().stream().limit(done + 1L);
    if (stay == 0
        && sent.allMatch(Chunk::atomic)
        && invalidBefore.containsAll(InvalidIndexes.in(session))) {
      unfinished.end(migration.file());
      return Optional.empty();
    }
    unfinished.done(migration.file(), stay);
    return Optional.of(
        "%d of its %d parts were committed and stay".formatted(stay, mark.get().chunks()));
  }
}
