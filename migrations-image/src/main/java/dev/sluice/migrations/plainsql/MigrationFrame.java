package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.FolderLedger.Origin;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SessionState.SearchPathRule;
import dev.sluice.migrations.postgres.SqlPart;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.sql.TransactionMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The runner's own statements around the chunks of a migration. */
final class MigrationFrame {
  /** In the head, but for the isolation level. */
  private static final int BEFORE_THE_PROOF = 3;

  private final FolderLedger ledger;
  private final UnfinishedTable unfinished;
  private final ToolHistory history;
  private final LockProof lock;
  private final SessionState state;
  private final SearchPathRule searchPathRule;

  MigrationFrame(
      Session session,
      FolderLedger ledger,
      UnfinishedTable unfinished,
      ToolHistory history,
      Layout layout,
      LockProof lock)
      throws SQLException {
    this.ledger = ledger;
    this.unfinished = unfinished;
    this.history = history;
    this.lock = lock;
    this.state = SessionState.of(session);
    // as the tools themselves do
    this.searchPathRule =
        switch (layout) {
          case FLYWAY -> SearchPathRule.RESTORED;
          case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS -> SearchPathRule.KEPT;
        };
  }

  SessionState state() {
    return state;
  }

  List<SqlPart> settings() {
    return state.putBack(searchPathRule);
  }

  /** Begins a transaction with the settings of the run and the proof of its lock. */
  List<SqlPart> head(@Nullable String isolation) {
    var head = new ArrayList<SqlPart>();
    head.add(SqlPart.BEGIN);
    // the server takes it before the first query only, and once more when it is the same
    Optional.ofNullable(isolation).map(SqlPart::verbatim).ifPresent(head::add);
    head.addAll(settings());
    head.add(lock.begins());
    return head;
  }

  static boolean isOfTheHead(int completed, @Nullable String isolation) {
    return completed <= BEFORE_THE_PROOF + (isolation == null ? 0 : 1);
  }

  /** Enters a migration that one transaction holds, and commits. */
  List<SqlPart> tail(Migration migration, boolean isLast) throws SQLException {
    return tail(migration, isLast, lock.lasts(), OptionalLong.empty());
  }

  /** Enters one that is done outside of a transaction, whether the lock is held still or not. */
  List<SqlPart> tailOfParts(Migration migration, boolean isLast, long millis) throws SQLException {
    return tail(migration, isLast, lock.alone(), OptionalLong.of(millis));
  }

  private List<SqlPart> tail(
      Migration migration, boolean isLast, SqlPart proof, OptionalLong millis) throws SQLException {
    var keepsPath = searchPathRule == SearchPathRule.KEPT;
    var tail = new ArrayList<SqlPart>();
    if (keepsPath) {
      tail.add(SessionState.keepSearchPath());
    }
    tail.addAll(state.ownRole());
    tail.add(proof);
    var usualPath =
        keepsPath && !isLast ? Optional.of(state.searchPath()) : Optional.<String>empty();
    tail.add(
        migration.isRepeatable()
            ? ledger.rowAgain(entry(migration))
            : ledger.row(entry(migration), usualPath));
    history.entry(migration, millis).ifPresent(tail::add);
    if (migration.mode() != TransactionMode.TRANSACTION) {
      tail.add(unfinished.ended(migration.file()));
    }
    tail.add(SqlPart.COMMIT);
    return tail;
  }

  /** Ends a callback, which is entered nowhere. */
  List<SqlPart> tailOfCallback() {
    var tail = new ArrayList<SqlPart>(state.ownRole());
    tail.add(lock.lasts());
    tail.add(SqlPart.COMMIT);
    return tail;
  }

  /** The settings of the run and the proof of its lock, for what runs outside of a transaction. */
  List<SqlPart> proven() {
    var parts = head(null);
    parts.add(SqlPart.COMMIT);
    return parts;
  }

  private static FolderLedger.Entry entry(Migration migration) {
    var when = migration.tool() instanceof ToolIdentity.Drizzle drizzle ? drizzle.when() : null;
    return new FolderLedger.Entry(migration.file(), migration.checksum(), when);
  }

  /** Enters migrations that don't run, all or none. */
  List<SqlPart> entered(List<Migration> migrations, Origin origin) throws SQLException {
    var parts = head(null);
    parts.addAll(state.ownRole());
    for (var migration : migrations) {
      parts.add(ledger.rowOnly(entry(migration), origin));
      if (origin == Origin.BASELINE) {
        history.entry(migration, OptionalLong.of(0)).ifPresent(parts::add);
      }
    }
    parts.add(lock.lasts());
    parts.add(SqlPart.COMMIT);
    return parts;
  }

  /** How many parts are done, in a transaction that the migration has open. */
  List<SqlPart> noteInside(Migration migration, int done) {
    return state.underOwnRole(unfinished.noted(migration.file(), done));
  }

  /** The same in one of its own, which proves the lock if more is to come. */
  List<SqlPart> noteOutside(Migration migration, int done) {
    var parts = new ArrayList<SqlPart>();
    parts.add(SqlPart.BEGIN);
    parts.add(done == migration.chunks().size() ? lock.alone() : lock.begins());
    parts.addAll(noteInside(migration, done));
    parts.add(SqlPart.COMMIT);
    return parts;
  }
}
