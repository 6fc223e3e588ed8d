package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.event.RunEventSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run at a time on the ledgers of one schema, which share the lock row.
 *
 * <ol>
 *   <li>a session-level advisory lock on the work connection, polled in autocommit: waiting inside
 *       a transaction would stall the holder's CREATE INDEX CONCURRENTLY
 *   <li>the end of a transaction in which a run goes on that has lost this lock
 *   <li>under it the row of Liquibase's lock table, which is all that a plain Liquibase sees; a row
 *       of ours that is left over is taken over, since the advisory lock proves its owner gone
 * </ol>
 */
public final class LedgerLock implements AutoCloseable {
  private static final String OURS = "sluice/";

  private final Connection connection;
  private final Ledger ledger;
  private final List<Long> before;
  private final LockProof proof;
  private final String owner;
  private final Stop stop;
  private final RunEventSink events;
  private final List<Long> taken = new ArrayList<>();
  private boolean row;

  public LedgerLock(
      Session session, Ledger ledger, String applicationName, Stop stop, RunEventSink events) {
    this.connection = session.connection();
    this.ledger = ledger;
    this.before = ledger.locksBefore(session.address().database());
    this.proof = ledger.lockProof(session.address().database());
    this.owner = owner(applicationName);
    this.stop = stop;
    this.events = events;
  }

  private static String owner(String applicationName) {
    var name = applicationName.startsWith(OURS) ? applicationName : OURS + applicationName;
    return name.length() > 255 ? name.substring(0, 255) : name;
  }

  public Attempt<LedgerLock> held(Patience patience) {
    return patience.until(this::attempt);
  }

  private Attempt<LedgerLock> attempt() {
    try {
      if (!trySession()) {
        return notYet("the lock is held by " + holder().orElse("another run"));
      }
      if (!noTransactionIsLeft()) {
        return notYet("a transaction of a run that lost the lock isn't at its end");
      }
      row = takeRow();
      return row
          ? new Attempt.Got<>(this)
          : notYet("the lock row of Liquibase is held by " + rowHolder());
    } catch (SQLException e) {
      var said = ServerError.of(e);
      return new Attempt.Failed<>(
          new DatabaseProblem(Kind.FAILED, said.message(), said.sqlState()));
    }
  }

  /** One key after the other; those that are taken stay so. */
  private boolean trySession() throws SQLException {
    for (var key : keys()) {
      if (!taken.contains(key)) {
        if (!asks("select pg_try_advisory_lock(?)", key)) {
          return false;
        }
        taken.add(key);
      }
    }
    return true;
  }

  private List<Long> keys() {
    var keys = new ArrayList<>(before);
    keys.add(proof.lock());
    return keys;
  }

  private boolean noTransactionIsLeft() throws SQLException {
    return asks("select pg_try_advisory_xact_lock(?)", proof.transactions());
  }

  private boolean asks(String sql, long key) throws SQLException {
    return Sql.rows(connection, found -> found.getBoolean(1), sql, key).getFirst();
  }

  public LockProof proof() {
    return proof;
  }

  private Optional<String> holder() throws SQLException {
    return Sql.rows(
            connection,
            found -> found.getString(1),
            """
            select format('%s (process %s, since %s)', coalesce(nullif(application_name, ''), usename),
                          a.pid, to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS'))
              from pg_locks l join pg_stat_activity a using (pid)
             where locktype = 'advisory' and granted and objsubid = 1
               and ((classid::bigint << 32) | objid::bigint) = any (string_to_array(?, ',')::bigint[])
               and l.database = (select oid from pg_database where datname = current_database())
            """,
            keys().stream().map(String::valueOf).collect(Collectors.joining(",")))
        .stream()
        .findFirst();
  }

  private boolean takeRow() throws SQLException {
    makeTable();
    var taken = updated();
    if (taken.isEmpty() && madeRow()) {
      taken = updated();
    }
    taken
        .flatMap(Taken::leftBy)
        .ifPresent(run -> events.warn("took over the lock row that a run left behind: " + run));
    return taken.isPresent();
  }

  /** {@code leftBy}: the run that had the row, and is gone. */
  private record Taken(Optional<String> leftBy) {}

  /** Empty when another has the row, or there is none. */
  private Optional<Taken> updated() throws SQLException {
    return Sql.rows(
            connection,
            found -> new Taken(Optional.ofNullable(found.getString(1))),
            """
            with before as (select lockedby from %1$s where id = 1 and locked)
            update %1$s set locked = true, lockedby = ?, lockgranted = localtimestamp
             where id = 1 and (not locked or lockedby like ?)
            returning (select lockedby from before)
            """
                .formatted(ledger.lock()),
            owner,
            OURS + "%")
        .stream()
        .findFirst();
  }

  private boolean madeRow() throws SQLException {
    return Sql.update(
            connection,
            "insert into "
                + ledger.lock()
                + " (id, locked) values (1, false) on conflict do nothing")
        == 1;
  }

  /** Who of our like holds the row. */
  private List<String> ofRuns() throws SQLException {
    return Sql.rows(
        connection,
        found -> found.getString(1),
        "select lockedby from " + ledger.lock() + " where id = 1 and locked and lockedby like ?",
        OURS + "%");
  }

  /**
   * For a run that finds nothing to do, and takes no lock: a run that died after its last changeset
   * left the row, for which a plain Liquibase would wait.
   */
  public void freeWhatWasLeft() {
    try {
      if (ledger.has(connection, ledger.lock()) && !ofRuns().isEmpty() && trySession()) {
        row = takeRow();
        release();
      }
    } catch (SQLException e) {
      events.warn("the lock row that a run left behind stays: " + ServerError.of(e).message());
    }
  }

  private void makeTable() throws SQLException {
    if (!ledger.has(connection, ledger.lock())) {
      Sql.execute(
          connection,
          ledger.madeSchema()
              + """
              create table if not exists %s (
                id int not null, locked boolean not null, lockgranted timestamp, lockedby varchar(255),
                constraint databasechangeloglock_pkey primary key (id))
              """
                  .formatted(ledger.lock()));
      ledger.made(ledger.lock());
    }
  }

  private String rowHolder() throws SQLException {
    return Sql.rows(
            connection,
            found -> found.getString(1) + ", since " + found.getString(2),
            "select lockedby, lockgranted from " + ledger.lock() + " where id = 1")
        .stream()
        .findFirst()
        .orElse("nobody");
  }

  /**
   * A plain Liquibase would wait for the row; the advisory lock ends with the session anyway. A
   * stop that comes now cancels nothing any more.
   */
  @Override
  public void close() {
    stop.release();
    release();
  }

  private void release() {
    try {
      Cleanup.retried(this::released);
    } catch (SQLException _) {
      // the session is lost, and the advisory lock with it
    }
  }

  private boolean released() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    if (row) {
      Sql.update(
          connection,
          "update "
              + ledger.lock()
              + " set locked = false, lockedby = null, lockgranted = null"
              + " where id = 1 and lockedby = ?",
          owner);
    }
    for (var key : taken.reversed()) {
      Sql.rows(connection, _ -> true, "select pg_advisory_unlock(?)", key);
    }
    return true;
  }

  private static Attempt<LedgerLock> notYet(String message) {
    return new Attempt.NotYet<>(DatabaseProblem.of(Kind.LOCK_HELD, message));
  }
}
