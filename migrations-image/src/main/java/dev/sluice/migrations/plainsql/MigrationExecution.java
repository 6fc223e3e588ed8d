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
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.MessageAnswer;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SessionState.SearchPathRule;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.SqlPart;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Applies one migration after the other. Each begins with the settings of the run and a proof of
 * its lock, and its rows are written under the role of the run.
 *
 * <ol>
 *   <li>one that a transaction holds: all in one message, rows and commit included; chunk by chunk
 *       where one can't be followed by others in a message
 *   <li>every other: it is entered as unfinished, its chunks are sent one by one, and after each
 *       the lock is proven again; its rows are written in one commit after it
 * </ol>
 */
final class MigrationExecution {
  /** In the head, but for the isolation level. */
  private static final int BEFORE_THE_PROOF = 3;

  private final SimpleQuery sql;
  private final FolderLedger ledger;
  private final UnfinishedTable unfinished;
  private final ToolHistory history;
  private final LockProof lock;
  private final RunContext context;
  private final SessionState state;
  private final SearchPathRule searchPathRule;
  private final ConcurrentStatements concurrent;
  private int done;
  private int committed;
  private boolean hasMore;

  /** {@code searchPath}: what an attempt that broke off has set for the migrations that follow. */
  MigrationExecution(
      Session session,
      SimpleQuery sql,
      FolderLedger ledger,
      UnfinishedTable unfinished,
      Layout layout,
      LockProof lock,
      @Nullable String searchPath,
      RunContext context)
      throws SQLException {
    this.sql = sql;
    this.ledger = ledger;
    this.unfinished = unfinished;
    this.history = ToolHistories.of(session, layout, TableName.DEFAULT);
    this.lock = lock;
    this.context = context;
    // as the tools themselves do
    this.searchPathRule =
        switch (layout) {
          case FLYWAY -> SearchPathRule.RESTORED;
          case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS -> SearchPathRule.KEPT;
        };
    this.state = SessionState.of(session);
    this.concurrent = new ConcurrentStatements(session, sql, state, context.stop());
    if (searchPath != null) {
      sql.send(List.of(SessionState.searchPath(searchPath)));
    }
  }

  /** Empty when it is applied and entered. */
  Optional<Failure> apply(Migration migration, boolean isLast) {
    done = 0;
    committed = 0;
    hasMore = !isLast;
    try {
      concurrent.begin(migration);
      return switch (migration.mode()) {
        case TRANSACTION -> inTransaction(migration);
        case AUTOCOMMIT -> inParts(migration, List.of());
        case ENDS_ITS_TRANSACTION -> {
          context
              .events()
              .warn(
                  migration.file()
                      + " ends its transaction itself: what it committed stays when it fails"
                      + " afterwards");
          yield inParts(migration, List.of(SqlPart.BEGIN));
        }
      };
    } catch (SQLException e) {
      return Optional.of(failed(migration, ServerError.in(e).orElseThrow()));
    }
  }

  private List<SqlPart> head(@Nullable String isolation) {
    var head = new ArrayList<SqlPart>();
    head.add(SqlPart.BEGIN);
    // the server takes it before the first query only, and once more when it is the same
    Optional.ofNullable(isolation).map(SqlPart::verbatim).ifPresent(head::add);
    head.addAll(state.putBack(searchPathRule));
    head.add(lock.begins());
    return head;
  }

  private List<SqlPart> tail(Migration migration, SqlPart proof, OptionalLong millis)
      throws SQLException {
    var tail = new ArrayList<SqlPart>();
    if (searchPathRule == SearchPathRule.KEPT) {
      tail.add(SessionState.keepSearchPath());
    }
    tail.addAll(state.ownRole());
    tail.add(proof);
    var path =
        searchPathRule == SearchPathRule.KEPT && hasMore
            ? Optional.of(state.searchPath())
            : Optional.<String>empty();
    tail.add(
        migration.isRepeatable()
            ? ledger.rowAgain(migration.file(), migration.checksum())
            : ledger.row(migration.file(), migration.checksum(), path));
    history.entry(migration, millis).ifPresent(tail::add);
    if (migration.mode() != TransactionMode.TRANSACTION) {
      tail.add(unfinished.ended(migration.file()));
    }
    tail.add(SqlPart.COMMIT);
    return tail;
  }

  private Optional<Failure> inTransaction(Migration migration) throws SQLException {
    var tail = tail(migration, lock.lasts(), OptionalLong.empty());
    if (!MigrationMessage.canHold(migration) || !sql.readsStringsByTheStandard()) {
      return chunkByChunk(migration, tail);
    }
    var answer =
        sql.answer(new MigrationMessage(head(migration.isolation()), migration, tail).text());
    if (answer.error().isPresent()) {
      return Optional.of(failed(migration, answer));
    }
    for (var chunk = 1; chunk <= migration.chunks().size(); chunk++) {
      chunkDone(migration, chunk);
    }
    return Optional.empty();
  }

  private Optional<Failure> chunkByChunk(Migration migration, List<SqlPart> tail)
      throws SQLException {
    var begun = sql.answer(SqlPart.message(head(migration.isolation())));
    if (begun.error().isPresent()) {
      return Optional.of(failed(migration, begun));
    }
    for (var chunk : migration.chunks()) {
      sql.send(chunk.sql());
      if (!sql.inTransaction()) {
        throw unseenEnd();
      }
      done++;
      chunkDone(migration, done);
    }
    var ended = sql.answer(SqlPart.message(tail));
    return ended.error().isPresent() ? Optional.of(failed(migration, ended)) : Optional.empty();
  }

  private Optional<Failure> inParts(Migration migration, List<SqlPart> begin) throws SQLException {
    unfinished.makeTable();
    var parts = head(null);
    parts.add(unfinished.begun(migration.file(), migration.chunks().size()));
    parts.add(SqlPart.COMMIT);
    parts.addAll(begin);
    var begun = sql.answer(SqlPart.message(parts));
    if (begun.error().isPresent()) {
      return Optional.of(failed(migration, begun));
    }
    var started = System.nanoTime();
    for (var chunk : migration.chunks()) {
      concurrent.send(chunk);
      done++;
      committed = sql.inTransaction() ? committed : done;
      if (!noteDone(migration)) {
        return Optional.of(lockLost(migration));
      }
      chunkDone(migration, done);
    }
    var millis = OptionalLong.of(Duration.ofNanos(System.nanoTime() - started).toMillis());
    enter(migration, millis);
    return Optional.empty();
  }

  /**
   * In an open transaction it is committed with it, so it never says too much. False when the lock
   * is lost: then it isn't noted unless all is done.
   */
  private boolean noteDone(Migration migration) throws SQLException {
    var note = unfinished.noted(migration.file(), done);
    if (sql.inTransaction()) {
      sql.send(state.underOwnRole(note));
      return true;
    }
    var parts = new ArrayList<SqlPart>();
    parts.add(SqlPart.BEGIN);
    parts.add(done == migration.chunks().size() ? lock.alone() : lock.begins());
    parts.addAll(state.underOwnRole(note));
    parts.add(SqlPart.COMMIT);
    try {
      sql.send(parts);
      return true;
    } catch (SQLException e) {
      if (LockProof.isLost(ServerError.in(e).orElseThrow())) {
        return false;
      }
      throw e;
    }
  }

  private void enter(Migration migration, OptionalLong millis) throws SQLException {
    var parts = new ArrayList<SqlPart>();
    if (!sql.inTransaction()) {
      parts.add(SqlPart.BEGIN);
    }
    parts.addAll(tail(migration, lock.alone(), millis));
    sql.send(parts);
  }

  private void chunkDone(Migration migration, int number) {
    context
        .events()
        .on(new RunEvent.ChunkDone(migration.file(), number, migration.chunks().size()));
  }

  private static SQLException unseenEnd() {
    return new SQLException("it ended its transaction where the runner couldn't see it", "25P01");
  }

  private Failure failed(Migration migration, MessageAnswer answer) {
    var error = answer.error().orElseThrow();
    var said = ServerError.in(error).orElseThrow();
    if (LockProof.isLost(said) && isOfTheHead(migration, answer)) {
      return lockLost(migration);
    }
    return LockProof.isLost(said) && !answer.ends().isEmpty()
        ? failed(migration, ServerError.in(unseenEnd()).orElseThrow())
        : failed(migration, said);
  }

  private static boolean isOfTheHead(Migration migration, MessageAnswer answer) {
    return answer.completed() <= BEFORE_THE_PROOF + (migration.isolation() == null ? 0 : 1);
  }

  /** Nothing more is applied; what the migration has done outside of a transaction is named. */
  private Failure lockLost(Migration migration) {
    context.stop().release();
    sql.rollBack();
    var failure =
        Failure.of(
                Reason.LOCK_LOST,
                done == 0
                    ? "the lock of this run is gone: the migration before this one released it"
                    : "the lock of this run is gone: this migration released it")
            .hint(Failure.LOCK_LOST_HINT);
    return withRest(migration, failure);
  }

  private Failure failed(Migration migration, ServerError said) {
    // what a stop cancelled has ended: what is looked at from here on isn't to be
    context.stop().release();
    sql.rollBack();
    return withRest(migration, DatabaseFailures.ofChangeSet(said));
  }

  /**
   * What stays in the database is named, and no other run can go on before a person has seen it.
   */
  private Failure withRest(Migration migration, Failure failure) {
    if (migration.mode() == TransactionMode.TRANSACTION) {
      return failure;
    }
    return stayed(migration)
        .map(what ->
            failure
                .message(failure.message() + "; " + what)
                .hint(unfinished.remedy(migration.file()))
                .exit(Exit.PERMANENT))
        .orElse(failure);
  }

  /** What a failed migration left behind; empty, and no longer unfinished, when that is nothing. */
  private Optional<String> stayed(Migration migration) {
    try {
      return Cleanup.retried(() -> left(migration));
    } catch (SQLException _) {
      return Optional.of("what of it was committed can't be asked any more");
    }
  }

  private Optional<String> left(Migration migration) throws SQLException {
    sql.send(state.putBack(searchPathRule));
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
    if (stay == 0 && sent.allMatch(Chunk::atomic) && concurrent.leftNothing()) {
      unfinished.end(migration.file());
      return Optional.empty();
    }
    unfinished.done(migration.file(), stay);
    return Optional.of(
        "%d of its %d parts were committed and stay".formatted(stay, mark.get().chunks()));
  }
}
