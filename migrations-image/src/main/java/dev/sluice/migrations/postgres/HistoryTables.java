package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tables with the columns of a tool's history, under whatever name, that the role may read. */
public final class HistoryTables {
  private static final String OF_DRIZZLE = "id integer,hash text,created_at bigint";
  private static final int COLUMNS_OF_DRIZZLE = 5;
  private static final String OF_FLYWAY =
      "installed_rank integer,version character varying,script character varying,checksum integer,"
          + "success boolean";
  private static final int COLUMNS_OF_FLYWAY = 10;

  /** A table of more rows is something else. */
  private static final int MOST_ROWS = 10_000;

  private HistoryTables() {}

  public static List<TableName> likeThatOfDrizzle(Session session) throws SQLException {
    return small(session, having(session, OF_DRIZZLE, COLUMNS_OF_DRIZZLE));
  }

  public static List<TableName> likeThatOfFlyway(Session session) throws SQLException {
    return small(session, having(session, OF_FLYWAY, COLUMNS_OF_FLYWAY));
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
           and (select count(*) filter (where concat(attname, ' ', atttypid::regtype) = any (columns))
                         = cardinality(columns)
                       and count(*) <= ?
                  from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped)
         order by 1, 2
        """,
        columns,
        most);
  }

  private static List<TableName> small(Session session, List<TableName> tables)
      throws SQLException {
    var small = new ArrayList<TableName>();
    for (var table : tables) {
      var rows =
          "select count(*) from (select from %s.%s limit %d) found"
              .formatted(
                  Sql.quoted(Objects.requireNonNull(table.schema())),
                  Sql.quoted(Objects.requireNonNull(table.table())),
                  MOST_ROWS + 1);
      if (Sql.rows(session.connection(), row -> row.getInt(1), rows).getFirst() <= MOST_ROWS) {
        small.add(table);
      }
    }
    return small;
  }
}
