package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.List;

/** An extension that the database has, in which schema, and of which version. */
record TargetExtension(String name, String schema, String version) {
  static List<TargetExtension> of(Session target) throws SQLException {
    return Sql.rows(
        target.connection(),
        row -> new TargetExtension(row.getString(1), row.getString(2), row.getString(3)),
        """
        select e.extname, n.nspname, e.extversion
          from pg_extension e join pg_namespace n on n.oid = e.extnamespace
         where e.extname <> 'plpgsql' order by e.oid
        """);
  }
}
