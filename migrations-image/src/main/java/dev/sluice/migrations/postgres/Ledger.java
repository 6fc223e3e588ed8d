package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the history is kept; the lock table and {@code sluice_revision} are in the same schema. It
 * remembers which of them are there.
 */
public final class Ledger {
  private static final String USUAL_TABLE = "databasechangelog";

  private final String schema;
  private final String table;
  private final Set<String> there = new HashSet<>();

  Ledger(String schema, String table) {
    this.schema = schema;
    this.table = table;
  }

  public String schema() {
    return schema;
  }

  public String table() {
    return table;
  }

  /**
   * In the session's current schema unless one is named. Empty when there is none, or the named one
   * doesn't exist.
   */
  public static Optional<Ledger> in(Session session, TableName name) throws SQLException {
    var schema = name.schema();
    var table = name.table();
    var sql =
        schema == null
            ? "select current_schema()"
            : """
            select nspname from pg_namespace where nspname in (?, ?)
             order by nspname = ? desc limit 1
            """;
    var parameters = schema == null ? new Object[0] : new Object[] {schema, folded(schema), schema};
    var found =
        Sql.rows(
                session.connection(), row -> Optional.ofNullable(row.getString(1)), sql, parameters)
            .stream()
            .flatMap(Optional::stream)
            .findFirst();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(inSchema(session, found.get(), table == null ? USUAL_TABLE : table));
  }

  private static Ledger inSchema(Session session, String schema, String table) throws SQLException {
    var exact = new Ledger(schema, table);
    var folded = folded(table);
    return folded.equals(table) || exact.has(session.connection(), exact.ledger())
        ? exact
        : new Ledger(schema, folded);
  }

  /**
   * As Liquibase and the server would take it: quoted only when it has both cases. One that is
   * there under the very name goes before.
   */
  private static String folded(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return name.equals(name.toUpperCase(Locale.ROOT)) ? lower : name;
  }

  String ledger() {
    return Sql.quoted(schema) + "." + Sql.quoted(table);
  }

  String lock() {
    return Sql.quoted(schema) + ".databasechangeloglock";
  }

  String revisions() {
    return Sql.quoted(schema) + ".sluice_revision";
  }

  String unfinished() {
    return Sql.quoted(schema) + ".sluice_unfinished";
  }

  /**
   * Whether that table of it is there. All are asked for at once, since each question is a round
   * trip. Refuses a table of which row-level security hides rows: they would be taken for missing.
   */
  boolean has(Connection connection, String qualifiedTable) throws SQLException {
    if (!there.contains(qualifiedTable)) {
      there.addAll(
          WholeTable.existing(connection, List.of(ledger(), lock(), revisions(), unfinished())));
    }
    return there.contains(qualifiedTable);
  }

  /** It was just made. */
  void made(String qualifiedTable) {
    there.add(qualifiedTable);
  }

  /** Keys of advisory locks; those of one schema are the same, as their lock row is. */
  LockProof lockProof(String database) {
    return new LockProof(
        key("sluice", database, schema), key("sluice transactions", database, schema));
  }

  private static long key(String... parts) {
    var name = String.join("\0", parts);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
