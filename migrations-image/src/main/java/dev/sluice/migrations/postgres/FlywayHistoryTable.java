package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code flyway_schema_history} in the session's current schema, or as it is named else. */
public final class FlywayHistoryTable {
  static final String USUAL_TABLE = "flyway_schema_history";

  /** {@code version} is null for a repeatable migration. */
  public record Row(
      String type, @Nullable String version, String description, String script, int checksum) {}

  /** What Flyway says of one attempt at a migration, or of the version that it began with. */
  public record Entry(
      String type,
      @Nullable String version,
      String description,
      String script,
      @Nullable Integer checksum,
      boolean success) {}

  private final Connection connection;
  private final String table;

  private FlywayHistoryTable(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /** As Flyway's {@code defaultSchema} and {@code table} say; empty when there is no such table. */
  public static Optional<FlywayHistoryTable> in(
      Session session, @Nullable String schema, @Nullable String table) throws SQLException {
    var found =
        Sql.rows(
                session.connection(),
                row -> name(row.getString(1), table),
                """
                select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = coalesce(?::text, current_schema()) and c.relname = ?
                """,
                schema,
                table == null ? USUAL_TABLE : table)
            .stream()
            .findFirst();
    return found.isPresent() && WholeTable.exists(session.connection(), found.get())
        ? Optional.of(new FlywayHistoryTable(session.connection(), found.get()))
        : Optional.empty();
  }

  /** Without its schema where only the session knows that. */
  public static String name(@Nullable String schema, @Nullable String table) {
    return (schema == null ? "" : Sql.quoted(schema) + ".")
        + (table == null ? USUAL_TABLE : Sql.quoted(table));
  }

  public String table() {
    return table;
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
                row.getString(4),
                row.getObject(5, Integer.class),
                row.getBoolean(6)),
        "select type, version, description, script, checksum, success from %s where type <> 'SCHEMA' order by installed_rank"
            .formatted(table));
  }

  /** To be entered in the transaction of the migration, which took as long as that unless said. */
  public SqlPart entry(Row row, OptionalLong millis) {
    return SqlPart.of(
        """
        insert into %1$s (installed_rank, version, description, type, script, checksum,
                          installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1, ?::varchar, ?, ?, ?, ?, current_user,
               coalesce(?, (extract(epoch from clock_timestamp() - now()) * 1000)::int), true
          from %1$s
        """
            .formatted(table),
        row.version(),
        row.description(),
        row.type(),
        row.script(),
        row.checksum(),
        millis.isPresent() ? Math.clamp(millis.getAsLong(), 0, Integer.MAX_VALUE) : null);
  }
}
