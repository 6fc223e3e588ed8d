package dev.sluice.migrations.postgres;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.database.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What the server does for one session, asked on another: as far as the role may see it, and never
 * the text of a query.
 */
public record Activity(int backend) {
  private static final int MOST_BLOCKERS = 3;

  /** What it waits for, if that is a lock. */
  private static final String LOCK =
      """
      select l.mode, l.locktype,
             case when l.database = (select oid from pg_database where datname = current_database())
                  then l.relation::regclass::text end,
             (select t.relation::regclass::text from pg_locks t
               where t.pid = l.pid and t.locktype = 'tuple' and t.granted limit 1)
        from pg_locks l where l.pid = ? and not l.granted limit 1
      """;

  private static final String BLOCKERS =
      """
      select b.pid, a.usename, a.application_name, a.state,
             extract(epoch from clock_timestamp() - a.query_start)::bigint,
             extract(epoch from clock_timestamp() - a.xact_start)::bigint
        from (select distinct unnest(pg_blocking_pids(?)) pid) b
        left join pg_stat_activity a on a.pid = b.pid
       order by a.xact_start nulls last limit ?
      """;

  private static final String WAIT =
      "select wait_event_type, wait_event from pg_stat_activity where pid = ?";

  private static final String PROGRESS =
      """
      select 'index on ' || relid::regclass, phase, blocks_done, blocks_total, 'blocks'
        from pg_stat_progress_create_index where pid = $1
      union all
      select lower(command) || ' of ' || relid::regclass, phase, heap_blks_scanned, heap_blks_total,
             'blocks' from pg_stat_progress_cluster where pid = $1
      union all
      select 'vacuum of ' || relid::regclass, phase, heap_blks_scanned, heap_blks_total, 'blocks'
        from pg_stat_progress_vacuum where pid = $1
      union all
      select 'copy to ' || relid::regclass, null, tuples_processed, null, 'rows'
        from pg_stat_progress_copy where pid = $1
      """;

  public static Activity of(Session session) throws SQLException {
    return new Activity(session.connection().unwrap(PGConnection.class).getBackendPID());
  }

  /** In a line; empty when it just works. */
  public String words(Session other) throws SQLException {
    var connection = other.connection();
    var lock = Sql.rows(connection, Activity::lock, LOCK, backend);
    var progress =
        Sql.rows(connection, Activity::progress, PROGRESS.replace("$1", String.valueOf(backend)));
    var waits = lock.isEmpty() ? event(other) : Optional.of(lock.getFirst() + blockers(other));
    return Stream.concat(waits.stream(), progress.stream()).collect(joining("; "));
  }

  private String blockers(Session other) throws SQLException {
    var blockers =
        Sql.rows(other.connection(), Activity::blocker, BLOCKERS, backend, MOST_BLOCKERS + 1);
    if (blockers.isEmpty()) {
      return "";
    }
    var more = blockers.size() > MOST_BLOCKERS ? ", and others" : "";
    return blockers.stream().limit(MOST_BLOCKERS).collect(joining(", ", ", held by ", more));
  }

  /** Nothing is said of what any busy session waits for now and then. */
  private Optional<String> event(Session other) throws SQLException {
    List<String> events =
        Sql.rows(
            other.connection(),
            row ->
                "IPC".equals(row.getString(1)) || "Extension".equals(row.getString(1))
                    ? "waits for " + row.getString(2)
                    : "",
            WAIT,
            backend);
    return events.stream().filter(words -> !words.isEmpty()).findFirst();
  }

  private static String lock(ResultSet row) throws SQLException {
    var mode = row.getString(1);
    var type = row.getString(2);
    var relation = row.getString(3);
    var ofRow = row.getString(4);
    return switch (type) {
      case "relation" -> "waits for %s on %s".formatted(mode, relation);
      case "transactionid", "tuple" ->
          "waits for a row"
              + (ofRow == null && relation == null
                  ? ""
                  : " of " + (relation == null ? ofRow : relation))
              + " that another transaction has changed";
      case "virtualxid" -> "waits for the end of a transaction that began before it";
      case "advisory" -> "waits for an advisory lock";
      default -> "waits for a lock of type " + type;
    };
  }

  private static String blocker(ResultSet row) throws SQLException {
    var words = new StringBuilder("pid ").append(row.getInt(1));
    var about =
        Stream.of(
                labelled("user ", row.getString(2)),
                labelled("application ", row.getString(3)),
                labelled("", row.getString(4)),
                seconds("query began ", row, 5),
                seconds("transaction began ", row, 6))
            .flatMap(Optional::stream)
            .collect(joining(", "));
    return about.isEmpty() ? words.toString() : words.append(" (" + about + ")").toString();
  }

  private static Optional<String> labelled(String label, @Nullable String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(label + text);
  }

  private static Optional<String> seconds(String label, ResultSet row, int column)
      throws SQLException {
    var seconds = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(label + seconds + " s ago");
  }

  private static String progress(ResultSet row) throws SQLException {
    var phase = row.getString(2);
    var done = row.getLong(3);
    var total = row.getLong(4);
    var what = row.getString(1) + (phase == null ? "" : ": " + phase);
    return total <= 0
        ? (done > 0 ? "%s, %,d %s".formatted(what, done, row.getString(5)) : what)
        : "%s, %d %% (%,d of %,d %s)"
            .formatted(what, 100 * done / total, done, total, row.getString(5));
  }
}
