package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * History tables of the same name in other schemas of the database, as far as the role may read.
 */
public record OtherLedgers(Session session, Ledger ledger) {
  /** A row of one of them; {@code checksum} is null unless a folder's file has it. */
  public record Row(
      String schema, String id, String author, String file, @Nullable String checksum) {}

  public List<Row> rows() throws SQLException {
    var all = new ArrayList<Row>();
    for (var schema : readableSchemas()) {
      all.addAll(rowsOf(new Ledger(schema, ledger.table())));
    }
    return all;
  }

  private List<String> readableSchemas() throws SQLException {
    return Sql.rows(
        session.connection(),
        row -> row.getString(1),
        """
        select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relname = ? and c.relkind in ('r', 'p') and n.nspname <> ?
           and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
           and (select count(*) from pg_attribute
                 where attrelid = c.oid
                   and attname in ('id', 'author', 'filename', 'comments', 'exectype')) = 5
         order by 1
        """,
        ledger.table(),
        ledger.schema());
  }

  private List<Row> rowsOf(Ledger other) throws SQLException {
    return Sql.rows(
        session.connection(),
        row ->
            new Row(
                other.schema(),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4)),
        """
        select id, author, filename, substring(comments from '%s') from %s
         where %s
        """
            .formatted(FolderLedger.CHECKSUM, other.ledger(), FolderLedger.DONE));
  }
}
