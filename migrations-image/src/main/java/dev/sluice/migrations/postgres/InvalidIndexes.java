package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What a CREATE INDEX CONCURRENTLY that was cut off leaves behind. */
public final class InvalidIndexes {
  private InvalidIndexes() {}

  /** Waits no longer for those who use it. */
  private static final String PATIENCE = "5s";

  /** False unless it is dropped now; only one that the statement names, or its new form, is. */
  public static boolean dropped(Session session, String index, String statement) {
    var name = index.substring(index.indexOf('.') + 1).replace("\"", "");
    var named = name.replaceFirst("_ccnew[0-9]*$", "").toLowerCase(Locale.ROOT);
    if (!statement.toLowerCase(Locale.ROOT).contains(named)) {
      return false;
    }
    var connection = session.connection();
    try {
      var before =
          Sql.rows(connection, row -> row.getString(1), "select current_setting('lock_timeout')")
              .getFirst();
      Sql.execute(connection, "set lock_timeout = '" + PATIENCE + "'");
      Sql.execute(connection, "drop index concurrently if exists " + index);
      Sql.rows(connection, _ -> true, "select set_config('lock_timeout', ?, false)", before);
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  /** Empty where the database can't say. */
  public static List<String> in(Session session) {
    try {
      return found(session);
    } catch (SQLException _) {
      return List.of();
    }
  }

  public static List<String> found(Session session) throws SQLException {
    return Sql.rows(
        session.connection(),
        row -> row.getString(1),
        """
        select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
          from pg_index i
          join pg_class c on c.oid = i.indexrelid
          join pg_namespace n on n.oid = c.relnamespace
         where not i.indisvalid and c.relkind = 'i'
           and n.nspname !~ '^pg_(temp|toast)'
           and not exists (select from pg_stat_progress_create_index p
                            where p.index_relid = c.oid)
         order by 1 limit 10
        """);
  }
}
