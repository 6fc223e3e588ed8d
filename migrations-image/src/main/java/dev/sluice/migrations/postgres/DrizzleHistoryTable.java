package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code drizzle.__drizzle_migrations}, or as it is named else; in the form of v0 or of v1. */
public final class DrizzleHistoryTable {
  private static final String TABLE = "drizzle.__drizzle_migrations";

  /** {@code name} is null in the form of v0. */
  public record Row(String hash, long createdAt, @Nullable String name) {}

  private final Connection connection;
  private final String table;
  private final boolean hasNames;

  private DrizzleHistoryTable(Connection connection, String table, boolean hasNames) {
    this.connection = connection;
    this.table = table;
    this.hasNames = hasNames;
  }

  /** As drizzle-kit's {@code migrations.schema} and {@code migrations.table} say. */
  public static String table(@Nullable String schema, @Nullable String table) {
    return schema == null && table == null
        ? TABLE
        : Sql.quoted(schema == null ? "drizzle" : schema)
            + "."
            + Sql.quoted(table == null ? "__drizzle_migrations" : table);
  }

  /** Empty when there is no such table. */
  public static Optional<DrizzleHistoryTable> in(Session session, String table)
      throws SQLException {
    if (!WholeTable.exists(session.connection(), table)) {
      return Optional.empty();
    }
    return Sql.rows(
            session.connection(),
            row -> new DrizzleHistoryTable(session.connection(), table, row.getBoolean(1)),
            """
            select exists (select from pg_attribute
                            where attrelid = to_regclass(?) and attname = 'name'
                              and not attisdropped)
            """,
            table)
        .stream()
        .findFirst();
  }

  /** With its schema, quoted where the order names it. */
  public String name() {
    return table;
  }

  public List<Row> rows() throws SQLException {
    return Sql.rows(
        connection,
        row -> new Row(row.getString(1), row.getLong(2), row.getString(3)),
        "select coalesce(hash, ''), created_at, %s from %s order by id"
            .formatted(hasNames ? "name" : "null::text", table));
  }

  /** To be entered in the transaction of the migration. */
  public SqlPart entry(Row row) {
    return hasNames
        ? SqlPart.of(
            "insert into " + table + " (hash, created_at, name) values (?, ?, ?)",
            row.hash(),
            row.createdAt(),
            row.name())
        : SqlPart.of(
            "insert into " + table + " (hash, created_at) values (?, ?)",
            row.hash(),
            row.createdAt());
  }
}
