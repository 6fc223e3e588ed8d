package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.List;

/**
 * What people have made in a database: relations, functions and types that no extension owns, and
 * that the role could change. What a platform keeps for itself belongs to a role of its own.
 */
public final class UserObjects {
  private UserObjects() {}

  /**
   * Whether there are any in these schemas, or in all of them when none is named; the tables of
   * {@code ledger} and of a tool's history don't count.
   */
  public static boolean exist(Session session, List<String> schemas, Ledger ledger)
      throws SQLException {
    return Sql.rows(
            session.connection(),
            row -> row.getBoolean(1),
            """
            with others as (
              select oid from pg_namespace
               where nspname not like 'pg\\_%' and nspname <> 'information_schema'
                 and (? = '' or nspname = any (string_to_array(?, ','))))
            select exists (
                select from pg_class c join others n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                   and pg_has_role(c.relowner, 'member')
                   and not exists (select from pg_depend d
                                    where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                      and d.deptype in ('e', 'i', 'a'))
                   and not (c.relnamespace = to_regnamespace(?)
                            and c.relname in (?, 'databasechangeloglock', 'sluice_revision',
                                              'sluice_unfinished'))
                   and c.relname not in ('__drizzle_migrations', '__drizzle_migrations_id_seq',
                                         'flyway_schema_history'))
              or exists (
                select from pg_proc p join others n on n.oid = p.pronamespace
                 where pg_has_role(p.proowner, 'member')
                   and not exists (select from pg_depend d
                                    where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                      and d.deptype = 'e'))
              or exists (
                select from pg_type t join others n on n.oid = t.typnamespace
                 where t.typtype in ('e', 'd') and pg_has_role(t.typowner, 'member')
                   and not exists (select from pg_depend d
                                    where d.classid = 'pg_type'::regclass and d.objid = t.oid
                                      and d.deptype = 'e'))
            """,
            String.join(",", schemas),
            String.join(",", schemas),
            Sql.quoted(ledger.schema()),
            ledger.table())
        .getFirst();
  }
}
