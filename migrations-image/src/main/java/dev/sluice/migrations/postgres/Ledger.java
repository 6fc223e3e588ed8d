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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is kept; the lock table and {@code sluice_revision} are in the same schema. It
 * remembers which of them are there.
 */
public final class Ledger {
  private static final String USUAL_TABLE = "databasechangelog";

  private final String schema;
  private final String table;
  private final boolean schemaLacks;
  private final @Nullable Ledger other;
  private final Set<String> there = new HashSet<>();

  Ledger(String schema, String table) {
    this(schema, table, false, null);
  }

  private Ledger(String schema, String table, boolean schemaLacks, @Nullable Ledger other) {
    this.schema = schema;
    this.table = table;
    this.schemaLacks = schemaLacks;
    this.other = other;
  }

  /** The same; whoever locks it has locked the other one too. */
  Ledger besides(Ledger another) {
    return new Ledger(schema, table, false, another);
  }

  /** The same, in a schema that is yet to be made. */
  Ledger inNewSchema() {
    return new Ledger(schema, table, true, null);
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
    return found.isEmpty() ? Optional.empty() : Optional.of(inSchema(session, found.get(), table));
  }

  static String table(@Nullable String named) {
    return named == null ? USUAL_TABLE : named;
  }

  static Ledger inSchema(Session session, String schema, @Nullable String named)
      throws SQLException {
    var table = table(named);
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

  /**
   * Whether an error says that one of its tables isn't there any more; the server repeats the name
   * in any language.
   */
  public boolean isDropped(@Nullable String sqlState, String message) {
    return "42P01".equals(sqlState)
        && Stream.of(table, "databasechangeloglock", "sluice_revision", "sluice_unfinished")
            .anyMatch(name -> message.contains("\"" + schema + "." + name + "\""));
  }

  /** The statement that makes its schema; empty when that is there. */
  String madeSchema() {
    return schemaLacks ? "create schema if not exists " + Sql.quoted(schema) + ";\n" : "";
  }

  /** Keys of the locks that its own is taken after. */
  List<Long> locksBefore(String database) {
    return other == null ? List.of() : List.of(other.lockProof(database).lock());
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
