package dev.sluice.migrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code flyway_schema_history} in the session's current schema, under its usual name. */
public final class FlywayHistory {
  /** {@code version} is null for a repeatable migration. */
  public record Row(@Nullable String version, String description, String script, int checksum) {}

  /** What Flyway says of one attempt at a migration, or of the version that it began with. */
  public record Entry(
      String type,
      @Nullable String version,
      String script,
      @Nullable Integer checksum,
      boolean success) {}

  private final Connection connection;
  private final String schema;

  private FlywayHistory(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Empty when there is no such table. */
  public static Optional<FlywayHistory> in(Session session) throws SQLException {
    return Sql.rows(
            session.connection(),
            row -> new FlywayHistory(session.connection(), row.getString(1)),
            """
            select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = current_schema() and c.relname = 'flyway_schema_history'
            """)
        .stream()
        .findFirst();
  }

  public String table() {
    return Sql.quoted(schema) + ".flyway_schema_history";
  }

  /** Scripts of migrations, failed ones too; not the row that says that Flyway made the schema. */
  public List<String> scripts() throws SQLException {
    return Sql.rows(
        connection,
        row -> row.getString(1),
        "select script from %s where type <> 'SCHEMA' order by installed_rank".formatted(table()));
  }

  /** All but the row that says that Flyway made the schema, in the order in which they came. */
  public List<Entry> entries() throws SQLException {
    return Sql.rows(
        connection,
        row ->
            new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, Integer.class),
                row.getBoolean(5)),
        "select type, version, script, checksum, success from %s where type <> 'SCHEMA' order by installed_rank"
            .formatted(table()));
  }

  /** To be entered in the transaction of the migration. */
  public Part entry(Row row, long millis) {
    return Part.of(
        """
        insert into %1$s (installed_rank, version, description, type, script, checksum,
                          installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1, ?::varchar, ?, 'SQL', ?, ?, current_user, ?,
               true
          from %1$s
        """
            .formatted(table()),
        row.version(),
        row.description(),
        row.script(),
        row.checksum(),
        Math.clamp(millis, 0, Integer.MAX_VALUE));
  }
}
