package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.List;

/** Tables with the columns of a tool's history, under whatever name, that the role may read. */
public final class HistoryTables {
  private HistoryTables() {}

  public static List<TableName> likeThatOfDrizzle(Session session) throws SQLException {
    return having(session, "id,hash,created_at", 5);
  }

  public static List<TableName> likeThatOfFlyway(Session session) throws SQLException {
    return having(
        session,
        "installed_rank,version,description,type,script,checksum,installed_on,success",
        10);
  }

  private static List<TableName> having(Session session, String columns, int most)
      throws SQLException {
    return Sql.rows(
        session.connection(),
        row -> new TableName(row.getString(1), row.getString(2)),
        """
        with wanted as (select string_to_array(?, ',') as columns)
        select n.nspname, c.relname
          from wanted, pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%'
           and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
           and (select count(*) filter (where attname = any (columns)) = cardinality(columns)
                       and count(*) <= ?
                  from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped)
         order by 1, 2
        """,
        columns,
        most);
  }
}
