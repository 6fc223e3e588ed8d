package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a folder's ledger is when nobody says so: outside of the application's schema, where a tool
 * that compares or drops tables would come upon it.
 *
 * @param isSettled a ledger is there already; else the place is chosen anew under the lock
 * @param note why it isn't in its usual schema, and how it could be
 */
public record LedgerPlace(Ledger ledger, boolean isSettled, Optional<String> note) {
  /** Made by the run. */
  public static final String SCHEMA = "sluice";

  /** One that somebody has named. */
  public static LedgerPlace named(Ledger ledger) {
    return new LedgerPlace(ledger, true, Optional.empty());
  }

  private record Look(
      @Nullable String current,
      boolean isUsual,
      boolean isCurrent,
      boolean schemaIsThere,
      boolean mayMake,
      String database,
      String role) {}

  /**
   * The place, by what the database holds.
   *
   * <ol>
   *   <li>the session's current schema, when a folder's rows are in the ledger there and none in
   *       {@code sluice}
   *   <li>the schema {@code sluice}, when it is there or the role may make it
   *   <li>else the current schema; empty when there is none
   * </ol>
   */
  public static Optional<LedgerPlace> of(Session session, @Nullable String table)
      throws SQLException {
    var look = look(session, Ledger.table(table));
    var current = look.current();
    var usual = Ledger.inSchema(session, SCHEMA, table);
    if (current != null && !current.equals(SCHEMA) && look.isCurrent()) {
      var there = Ledger.inSchema(session, current, table);
      if (hasRows(session, there) && !(look.isUsual() && hasRows(session, usual))) {
        return Optional.of(new LedgerPlace(there.besides(usual), true, Optional.empty()));
      }
    }
    if (look.isUsual() || look.mayMake()) {
      return Optional.of(
          new LedgerPlace(
              look.schemaIsThere() ? usual : usual.inNewSchema(),
              look.isUsual(),
              Optional.empty()));
    }
    return Optional.ofNullable(current)
        .map(schema ->
            new LedgerPlace(
                new Ledger(schema, usual.table()).besides(usual),
                false,
                Optional.of(
                    "the ledger is in schema %s, since the role may not make schema %s: GRANT CREATE"
                            .formatted(schema, SCHEMA)
                        + " ON DATABASE %s TO %s before the first run puts it there"
                            .formatted(Sql.quoted(look.database()), Sql.quoted(look.role())))));
  }

  private static Look look(Session session, String table) throws SQLException {
    return Sql.rows(
            session.connection(),
            row ->
                new Look(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getString(6),
                    row.getString(7)),
            """
            with ledgers as (
              select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where lower(c.relname) = lower(?) and c.relkind in ('r', 'p'))
            select current_schema(),
                   exists (select from ledgers where nspname = ?),
                   exists (select from ledgers where nspname = current_schema()),
                   to_regnamespace(?) is not null,
                   coalesce((select has_schema_privilege(oid, 'usage')
                                    and has_schema_privilege(oid, 'create')
                               from pg_namespace where nspname = ?),
                            has_database_privilege(current_database(), 'create')),
                   current_database(), current_user
            """,
            table,
            SCHEMA,
            SCHEMA,
            SCHEMA)
        .getFirst();
  }

  /** Of a folder, whoever applied it. */
  private static boolean hasRows(Session session, Ledger ledger) throws SQLException {
    return ledger.has(session.connection(), ledger.ledger())
        && Sql.rows(
                session.connection(),
                row -> row.getBoolean(1),
                "select exists (select from %s where id = 'raw' and author = 'includeAll')"
                    .formatted(ledger.ledger()))
            .getFirst();
  }
}
