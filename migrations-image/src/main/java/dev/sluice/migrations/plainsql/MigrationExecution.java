package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Origin;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.MessageAnswer;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.SqlPart;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.sql.TransactionMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies one migration after the other. Each begins with the settings of the run and a proof of
 * its lock, and its rows are written under the role of the run.
 *
 * <ol>
 *   <li>one that a transaction holds: all in one message, rows and commit included; chunk by chunk
 *       where one can't be followed by others in a message, and in a replay
 *   <li>every other: it is entered as unfinished, its chunks are sent one by one, and after each
 *       the lock is proven again; its rows are written in one commit after it
 * </ol>
 */
final class MigrationExecution {
  private final SimpleQuery sql;
  private final UnfinishedTable unfinished;
  private final MigrationFrame frame;
  private final RunContext context;
  private final ConcurrentStatements concurrent;
  private final Leftovers leftovers;
  private final Replay replay;
  private @Nullable Chunk sending;
  private int done;
  private int committed;

  /** {@code searchPath}: what an attempt that broke off has set for the migrations that follow. */
  MigrationExecution(
      Session session,
      SimpleQuery sql,
      UnfinishedTable unfinished,
      MigrationFrame frame,
      @Nullable String searchPath,
      RunContext context,
      Replay replay)
      throws SQLException {
    this.sql = sql;
    this.unfinished = unfinished;
    this.frame = frame;
    this.context = context;
    this.replay = replay;
    this.concurrent = new ConcurrentStatements(session, sql, frame.state(), context.stop());
    this.leftovers = new Leftovers(sql, frame, unfinished, concurrent);
    if (searchPath != null) {
      sql.send(List.of(SessionState.searchPath(searchPath)));
    }
  }

  /** Empty when it is applied and entered. */
  Optional<Failure> apply(Migration migration, boolean isLast) {
    sending = null;
    done = 0;
    committed = 0;
    try {
      concurrent.begin(migration);
      return switch (migration.mode()) {
        case TRANSACTION -> inTransaction(migration, frame.tail(migration, isLast));
        case AUTOCOMMIT -> inParts(migration, isLast, List.of());
        case ENDS_ITS_TRANSACTION -> {
          context
              .events()
              .warn(
                  migration.name()
                      + " ends its transaction itself: what it committed stays when it fails"
                      + " afterwards");
          yield inParts(migration, isLast, List.of(SqlPart.BEGIN));
        }
      };
    } catch (SQLException e) {
      return Optional.of(failed(migration, ServerError.in(e).orElseThrow()));
    }
  }

  /** Runs a callback, which is entered nowhere; empty when it is done. */
  Optional<Failure> callBack(Migration script) {
    sending = null;
    done = 0;
    committed = 0;
    try {
      if (script.mode() == TransactionMode.TRANSACTION) {
        return inTransaction(script, frame.tailOfCallback());
      }
      concurrent.begin(script);
      sql.send(frame.proven());
      replay.observer().begins(script.name());
      for (var chunk : script.chunks()) {
        send(script, chunk);
        done++;
      }
      sql.rollBack();
      sql.send(frame.proven());
      replay.observer().ended(script.name());
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(failed(script, ServerError.in(e).orElseThrow()));
    }
  }

  private Optional<Failure> inTransaction(Migration migration, List<SqlPart> tail)
      throws SQLException {
    var head = frame.head(migration.isolation());
    if (replay.isWatched()
        || !MigrationMessage.canHold(migration)
        || !sql.readsStringsByTheStandard()) {
      return chunkByChunk(migration, head, tail);
    }
    var message = new MigrationMessage(head, migration, tail);
    var answer = sql.answer(message.text());
    if (answer.error().isPresent()) {
      return Optional.of(failed(message, answer));
    }
    for (var chunk = 1; chunk <= migration.chunks().size(); chunk++) {
      chunkDone(migration, chunk);
    }
    return Optional.empty();
  }

  private Optional<Failure> chunkByChunk(
      Migration migration, List<SqlPart> head, List<SqlPart> tail) throws SQLException {
    var begun = sql.answer(SqlPart.message(head));
    if (begun.error().isPresent()) {
      return Optional.of(failed(migration, begun));
    }
    replay.observer().begins(migration.name());
    for (var chunk : migration.chunks()) {
      send(migration, chunk);
      if (!sql.inTransaction()) {
        throw unseenEnd();
      }
      done++;
      chunkDone(migration, done);
    }
    replay.observer().beforeCommit(migration.name());
    var ended = sql.answer(SqlPart.message(tail));
    if (ended.error().isPresent()) {
      return Optional.of(failed(migration, ended));
    }
    replay.observer().ended(migration.name());
    return Optional.empty();
  }

  private Optional<Failure> inParts(Migration migration, boolean isLast, List<SqlPart> begin)
      throws SQLException {
    unfinished.makeTable();
    var parts = frame.head(null);
    parts.add(unfinished.begun(migration.file(), migration.chunks().size()));
    parts.add(SqlPart.COMMIT);
    parts.addAll(begin);
    var begun = sql.answer(SqlPart.message(parts));
    if (begun.error().isPresent()) {
      return Optional.of(failed(migration, begun));
    }
    var started = System.nanoTime();
    replay.observer().begins(migration.name());
    for (var chunk : migration.chunks()) {
      send(migration, chunk);
      done++;
      committed = sql.inTransaction() ? committed : done;
      if (!noteDone(migration)) {
        return Optional.of(lockLost(migration, "this migration"));
      }
      chunkDone(migration, done);
    }
    replay.observer().beforeCommit(migration.name());
    enter(migration, isLast, Duration.ofNanos(System.nanoTime() - started));
    replay.observer().ended(migration.name());
    return Optional.empty();
  }

  private void send(Migration migration, Chunk chunk) throws SQLException {
    var line = chunk.position().line();
    var step = new ReplayStep(migration.name(), migration.path(), done + 1, line, chunk.sql());
    replay.observer().before(step);
    sending = chunk;
    try {
      concurrent.send(chunk.with(replay.sent(step)));
    } catch (SQLException e) {
      // what no transaction holds can't be sent from its beginning
      if (sql.inTransaction() || !replay.mended(failure(migration, e))) {
        throw e;
      }
      concurrent.send(chunk.with(replay.sent(step)));
    }
    sending = null;
    replay.observer().after(step);
  }

  private static Failure failure(Migration migration, SQLException thrown) {
    return DatabaseFailures.ofChangeSet(ServerError.in(thrown).orElseThrow())
        .in(migration.name(), migration.path());
  }

  /** Enters a migration that isn't run; empty when that went well. */
  Optional<Failure> enterOnly(Migration migration) {
    try {
      sql.send(frame.entered(List.of(migration), Origin.RUN));
      if (migration.mode() != TransactionMode.TRANSACTION) {
        unfinished.makeTable();
        sql.send(List.of(unfinished.ended(migration.file())));
      }
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(failed(migration, ServerError.in(e).orElseThrow()));
    }
  }

  /**
   * In an open transaction it is committed with it, so it never says too much. False when the lock
   * is lost: then it isn't noted unless all is done.
   */
  private boolean noteDone(Migration migration) throws SQLException {
    if (sql.inTransaction()) {
      sql.send(frame.noteInside(migration, done));
      return true;
    }
    try {
      sql.send(frame.noteOutside(migration, done));
      return true;
    } catch (SQLException e) {
      if (LockProof.isLost(ServerError.in(e).orElseThrow())) {
        return false;
      }
      throw e;
    }
  }

  private void enter(Migration migration, boolean isLast, Duration took) throws SQLException {
    var parts = new ArrayList<SqlPart>();
    if (!sql.inTransaction()) {
      parts.add(SqlPart.BEGIN);
    }
    parts.addAll(frame.tailOfParts(migration, isLast, took.toMillis()));
    sql.send(parts);
  }

  private void chunkDone(Migration migration, int number) {
    context
        .events()
        .on(new RunEvent.ChunkDone(migration.path(), number, migration.chunks().size()));
  }

  private static SQLException unseenEnd() {
    return new SQLException("it ended its transaction where the runner couldn't see it", "25P01");
  }

  /** All of a migration was sent at once. */
  private Failure failed(MigrationMessage message, MessageAnswer answer) {
    var failure = failed(message.migration(), answer);
    if (failure.reason() != Reason.CHANGE_SET_FAILED) {
      return failure;
    }
    var said = ServerError.in(answer.error().orElseThrow()).orElseThrow();
    return message
        .place(said.position(), answer.completed())
        .map(place -> place.in(failure))
        .orElse(failure);
  }

  private Failure failed(Migration migration, MessageAnswer answer) {
    var said = ServerError.in(answer.error().orElseThrow()).orElseThrow();
    if (!LockProof.isLost(said)) {
      return failed(migration, said);
    }
    if (MigrationFrame.isOfTheHead(answer.completed(), migration.isolation())) {
      return lockLost(migration, "the migration before this one");
    }
    return failed(
        migration, answer.ends().isEmpty() ? said : ServerError.in(unseenEnd()).orElseThrow());
  }

  /** Nothing more is applied; what the migration has done outside of a transaction is named. */
  private Failure lockLost(Migration migration, String by) {
    return withLeftovers(migration, DatabaseFailures.lockLost(by));
  }

  private Failure failed(Migration migration, ServerError said) {
    var failure = DatabaseFailures.ofChangeSet(said);
    return withLeftovers(
        migration, sending == null ? failure : place(migration, sending, said).in(failure));
  }

  /** Of a chunk that was sent alone. */
  private ChunkPlace place(Migration migration, Chunk chunk, ServerError said) {
    var before = migration.chunks().subList(0, done).stream().mapToInt(Chunk::statements).sum();
    return said.position() > 0
        ? ChunkPlace.ofCharacter(migration, chunk, before, said.position() - 1)
        : ChunkPlace.ofStatement(
            migration, chunk, before, chunk.copied() == null ? sql.completed() : 0);
  }

  private Failure withLeftovers(Migration migration, Failure failure) {
    // what a stop cancelled has ended: what is looked at from here on isn't to be
    context.stop().release();
    sql.rollBack();
    if (replay.isWatched()) {
      return failure; // all of it is thrown away
    }
    return leftovers.in(failure, migration, done, committed);
  }
}
