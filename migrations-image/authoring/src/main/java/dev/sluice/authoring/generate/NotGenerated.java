package dev.sluice.authoring.generate;

import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the engine doesn't see, as both sides have it. */
final class NotGenerated {
  private static final String SEEN =
      """
      select 'replica identity of ' || r.oid::regclass || ': ' ||
             case r.relreplident when 'f' then 'full' when 'n' then 'nothing'
             else 'index ' || coalesce((select x.indexrelid::regclass::text from pg_index x
                    where x.indrelid = r.oid and x.indisreplident), '') end
        from pg_class r
       where r.relkind in ('r', 'p') and r.relreplident <> 'd' and r.oid >= 16384
      union all
      select 'default privileges' || coalesce(' in schema ' || n.nspname, '') || ': '
             || d.defaclobjtype::text || ' ' || d.defaclacl::text
        from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
      union all
      select 'publication ' || p.pubname || case when p.puballtables then ' for all tables' else '' end
             || coalesce((select ': ' || string_agg(t.schemaname || '.' || t.tablename, ', '
                                                    order by 1)
                            from pg_publication_tables t
                           where t.pubname = p.pubname and not p.puballtables), '')
        from pg_publication p
      union all
      select 'operator class ' || n.nspname || '.' || c.opcname || ' for ' || a.amname
        from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace
        join pg_am a on a.oid = c.opcmethod
       where c.oid >= 16384 and not exists (select from pg_depend d
             where d.classid = 'pg_opclass'::regclass and d.objid = c.oid and d.deptype = 'e')
      """;

  /** A right that somebody was given, or that its owner gave up. */
  private static final String GRANTS =
      """
      select exists (select from pg_class where relacl is not null and oid >= 16384)
          or exists (select from pg_proc where proacl is not null and oid >= 16384)
          or exists (select from pg_type where typacl is not null and oid >= 16384)
          or exists (select from pg_attribute where attacl is not null and attrelid >= 16384)
          or exists (select from pg_namespace where nspacl is not null and oid >= 16384)
      """;

  private NotGenerated() {}

  /** Differences, a sentence each. */
  static List<String> between(Scratch scratch) throws SQLException {
    var current = seen(scratch, Scratch.CURRENT);
    var wanted = seen(scratch, Scratch.WANTED);
    var lines = new ArrayList<String>();
    var missing = new HashSet<>(wanted);
    missing.removeAll(current);
    missing.stream().sorted().forEach(what -> lines.add("not generated, but wanted: " + what));
    var extra = new HashSet<>(current);
    extra.removeAll(wanted);
    extra.stream()
        .sorted()
        .forEach(what -> lines.add("not generated, and no longer wanted: " + what));
    return lines;
  }

  private static Set<String> seen(Scratch scratch, String database) throws SQLException {
    try (var session = scratch.admin(database)) {
      return new HashSet<>(Sql.rows(session.connection(), row -> row.getString(1), SEEN));
    }
  }

  /** Most tools that write a schema know no rights: then there are none to compare. */
  static boolean hasGrants(Scratch scratch, String database) throws SQLException {
    try (var session = scratch.admin(database)) {
      return Sql.rows(session.connection(), row -> row.getBoolean(1), GRANTS).getFirst();
    }
  }
}
