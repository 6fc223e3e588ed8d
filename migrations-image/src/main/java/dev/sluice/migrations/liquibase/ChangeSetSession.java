package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SessionState.SearchPathRule;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.changelog.ChangeSet;
import liquibase.exception.DatabaseException;
import org.jspecify.annotations.Nullable;

/** Gives each changeset the settings of the run, and its ledger row the role of the run. */
final class ChangeSetSession {
  private final SimpleQuery sql;
  private final SessionState state;
  private final LockProof lock;
  private final ReplayedStatements replayed;

  ChangeSetSession(Session session, LockProof lock, ReplayedStatements replayed)
      throws SQLException {
    this.sql = new SimpleQuery(session);
    this.state = SessionState.of(session);
    this.lock = lock;
    this.replayed = replayed;
  }

  /** In the transaction that then goes on with the changeset, and may set its isolation level. */
  void begin(ChangeSet changeSet, @Nullable String isolation) throws DatabaseException {
    var parts = new ArrayList<SqlPart>();
    // the server takes it before the first query only, and once more when it is the same
    Optional.ofNullable(isolation).map(sql -> new SqlPart(sql, List.of())).ifPresent(parts::add);
    parts.addAll(state.putBack(SearchPathRule.KEPT));
    parts.add(lock.begins());
    send(parts);
    watch(() -> replayed.begin(changeSet));
  }

  /** After a changeset that has failed. */
  void putBack() throws DatabaseException {
    replayed.drop();
    send(state.putBack(SearchPathRule.KEPT));
  }

  void takesOwnRole() throws DatabaseException {
    watch(replayed::close);
    send(state.ownRole());
  }

  void waitsForOthers() throws DatabaseException {
    send(List.of(state.withoutLockTimeout()));
  }

  @FunctionalInterface
  private interface Watching {
    void done() throws SQLException;
  }

  private static void watch(Watching watching) throws DatabaseException {
    try {
      watching.done();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void send(List<SqlPart> parts) throws DatabaseException {
    try {
      sql.sendInTransaction(parts);
    } catch (SQLException e) {
      if (ServerError.in(e).filter(LockProof::isLost).isPresent()) {
        throw new LockLostException();
      }
      throw new DatabaseException(e);
    }
  }
}
