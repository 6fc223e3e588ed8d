package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.InvalidIndexes;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SessionState;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.sql.TransactionMode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Sends statements that wait by design for the transactions of others, as CREATE INDEX CONCURRENTLY
 * does: without lock_timeout, for the deadline of the run is their limit. An INVALID index that
 * such a statement left in this very run is dropped, and the statement sent again if that may help.
 */
final class ConcurrentStatements {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** I/O error. */
  private static final String FILE_CHANGED = "58030";

  private final Session session;
  private final SimpleQuery sql;
  private final SessionState state;
  private final Stop stop;
  private List<String> before = List.of();
  private String sent = "";

  ConcurrentStatements(Session session, SimpleQuery sql, SessionState state, Stop stop) {
    this.session = session;
    this.sql = sql;
    this.state = state;
    this.stop = stop;
  }

  void begin(Migration migration) {
    sent = "";
    before =
        migration.mode() == TransactionMode.TRANSACTION ? List.of() : InvalidIndexes.in(session);
  }

  /** Any chunk; one that waits for nobody is just sent. */
  void send(Chunk chunk) throws SQLException {
    sent = chunk.sql();
    if (chunk.copied() != null || chunk.isLarge()) {
      stream(chunk);
      return;
    }
    if (!chunk.waitsForOthers() || sql.inTransaction()) {
      sql.send(sent);
      return;
    }
    sql.send(List.of(state.withoutLockTimeout()));
    while (!done(chunk)) {
      // what was in its way may be gone
    }
    sql.send(List.of(state.withLockTimeout()));
  }

  private void stream(Chunk chunk) throws SQLException {
    var copied = chunk.copied();
    try (var in = copied == null ? chunk.content().stream() : copied.stream()) {
      if (copied == null) {
        sql.send(in, chunk.content().size());
      } else {
        sql.copyIn(sent, in);
      }
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), FILE_CHANGED, e);
    }
  }

  private boolean done(Chunk chunk) throws SQLException {
    try {
      sql.send(chunk.sql());
      return true;
    } catch (SQLException e) {
      if (!mayBeSentAgain(e) || !stop.sleep(PAUSE)) {
        throw e;
      }
      return false;
    }
  }

  private boolean mayBeSentAgain(SQLException e) {
    try {
      return ServerError.in(e).filter(ServerError::mayPass).isPresent()
          && stop.cause().isEmpty()
          && leftNothing();
    } catch (SQLException _) {
      return false; // the session is lost
    }
  }

  /** True when no INVALID index is left of what was sent last; one that is there is dropped. */
  boolean leftNothing() throws SQLException {
    for (var index : InvalidIndexes.found(session)) {
      if (!before.contains(index) && !InvalidIndexes.dropped(session, index, sent)) {
        return false;
      }
    }
    return true;
  }
}
