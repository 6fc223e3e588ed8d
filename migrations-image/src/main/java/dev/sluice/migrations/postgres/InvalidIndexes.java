package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.List;

/** What a CREATE INDEX CONCURRENTLY that was cut off leaves behind. */
public final class InvalidIndexes {
  private InvalidIndexes() {}

  public static List<String> in(Session session) {
    try {
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
    } catch (SQLException _) {
      return List.of();
    }
  }
}
