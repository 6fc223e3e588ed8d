package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Flyway itself gives a value in scripts: the names of its session, and the time. */
public final class FlywaySession {
  private FlywaySession() {}

  /** By the names of Flyway's placeholders; {@code history} is the table that it would use. */
  public static Map<String, String> values(Session session, TableName history) throws SQLException {
    return Sql.rows(
            session.connection(),
            row ->
                Map.of(
                    "flyway:defaultSchema", text(row.getString(1)),
                    "flyway:user", text(row.getString(2)),
                    "flyway:database", text(row.getString(3)),
                    "flyway:timestamp", text(row.getString(4)),
                    "flyway:table", text(row.getString(5))),
            """
            select coalesce(?, current_schema()), current_user, current_database(),
                   to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS'), ?
            """,
            history.schema(),
            history.table() == null ? FlywayHistoryTable.USUAL_TABLE : history.table())
        .getFirst();
  }

  /** As Flyway does: that schema comes before the others. */
  public static void workIn(Session session, String schema) throws SQLException {
    Sql.rows(
        session.connection(),
        row -> row.getString(1),
        """
        select set_config('search_path',
                          concat_ws(', ', quote_ident(?), nullif(current_setting('search_path'), '')),
                          false)
        """,
        schema);
  }

  /** Makes the schemas that lack; one that is there needs no right to make one. */
  public static void makeSchemas(Session session, List<String> schemas) throws SQLException {
    for (var schema : lacking(session, schemas)) {
      Sql.execute(session.connection(), "create schema if not exists " + Sql.quoted(schema));
    }
  }

  /** Those that aren't there. */
  public static List<String> lacking(Session session, List<String> schemas) throws SQLException {
    var lacking = new ArrayList<String>();
    for (var schema : schemas) {
      var isThere =
          Sql.rows(
                  session.connection(),
                  row -> row.getBoolean(1),
                  "select exists (select from pg_namespace where nspname = ?)",
                  schema)
              .getFirst();
      if (!isThere) {
        lacking.add(schema);
      }
    }
    return lacking;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
