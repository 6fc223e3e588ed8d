package dev.sluice.authoring.generate;

import dev.sluice.migrations.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * What a database has, in lines that are equal for equal schemas: by PostgreSQL's own functions for
 * that, and by nothing of what is tested here. The order of columns doesn't count.
 */
final class SchemaDump {
  private static final List<String> QUERIES =
      List.of(
          "select 'schema ' || nspname from pg_namespace where oid >= 16384 and nspname !~ '^pg_'",
          """
          select 'relation ' || oid::regclass || ' ' || relkind::text || ' ' || relpersistence::text
                 || ' rls ' || relrowsecurity || ' ' || relforcerowsecurity
                 || coalesce(' options ' || reloptions::text, '')
                 || coalesce(' of ' || pg_get_partkeydef(oid), '')
                 || coalesce(' bound ' || pg_get_expr(relpartbound, oid), '')
            from pg_class where oid >= 16384 and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
             and relnamespace::regnamespace::text !~ '^pg_'
          """,
          """
          select 'inherits ' || inhrelid::regclass || ' ' || inhparent::regclass from pg_inherits
           where inhrelid::regclass in (select oid from pg_class where relkind in ('r', 'p'))
          """,
          """
          select 'column ' || a.attrelid::regclass || '.' || a.attname || ' '
                 || format_type(a.atttypid, a.atttypmod) || ' notnull ' || a.attnotnull
                 || ' identity ' || a.attidentity::text || ' generated ' || a.attgenerated::text
                 || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
                 || ' collation ' || coalesce(nullif(a.attcollation, 0)::regcollation::text, '-')
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0
             and not a.attisdropped and c.relnamespace::regnamespace::text !~ '^pg_'
          """,
          """
          select 'constraint ' || coalesce(nullif(conrelid, 0)::regclass::text,
                                           nullif(contypid, 0)::regtype::text)
                 || '.' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
            from pg_constraint where oid >= 16384 and contype <> 'n'
          """,
          """
          select 'index ' || pg_get_indexdef(indexrelid) || ' ' || indisvalid
            from pg_index where indexrelid >= 16384
             and indrelid::regclass::text !~ '^pg_toast'
          """,
          """
          select 'enum ' || enumtypid::regtype || ': '
                 || string_agg(enumlabel, ', ' order by enumsortorder)
            from pg_enum group by enumtypid
          """,
          """
          select 'domain ' || oid::regtype || ' ' || format_type(typbasetype, typtypmod) || ' '
                 || typnotnull || ' ' || coalesce(typdefault, '-')
            from pg_type where typtype = 'd' and oid >= 16384
          """,
          """
          select 'composite ' || t.oid::regtype || ': '
                 || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                               order by a.attnum)
            from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where t.oid >= 16384 group by t.oid
          """,
          """
          select 'function ' || pg_get_functiondef(oid) from pg_proc
           where oid >= 16384 and prokind in ('f', 'p', 'w') and not exists
                 (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
          """,
          "select 'aggregate ' || oid::regprocedure from pg_proc where oid >= 16384 and prokind ="
              + " 'a'",
          """
          select 'view ' || oid::regclass || ': ' || pg_get_viewdef(oid) from pg_class
           where oid >= 16384 and relkind in ('v', 'm')
          """,
          """
          select 'trigger ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger
           where not tgisinternal
          """,
          """
          select 'rule ' || pg_get_ruledef(oid) from pg_rewrite
           where oid >= 16384 and rulename <> '_RETURN'
          """,
          """
          select 'policy ' || tablename || '.' || policyname || ' ' || permissive || ' ' || roles::text
                 || ' ' || cmd || ' ' || coalesce(qual, '-') || ' ' || coalesce(with_check, '-')
            from pg_policies
          """,
          """
          select 'sequence ' || seqrelid::regclass || ' ' || seqtypid::regtype || ' ' || seqstart
                 || ' ' || seqincrement || ' ' || seqmin || ' ' || seqmax || ' ' || seqcache || ' '
                 || seqcycle || ' owner ' || coalesce((select d.refobjid::regclass || '.'
                 || d.refobjsubid::text from pg_depend d where d.objid = seqrelid
                 and d.classid = 'pg_class'::regclass and d.refobjsubid > 0 and false), '-')
            from pg_sequence
          """,
          "select 'extension ' || extname || ' ' || extnamespace::regnamespace from pg_extension",
          """
          select 'statistics ' || pg_get_statisticsobjdef(oid) from pg_statistic_ext
          """,
          """
          select 'comment ' || pg_describe_object(classoid, objoid, objsubid) || ': ' || description
            from pg_description where objoid >= 16384 and not exists
                 (select from pg_depend e where e.objid = objoid and e.deptype in ('e'))
          """,
          """
          select 'rights ' || oid::regclass || ' ' || relacl::text from pg_class
           where relacl <> acldefault(case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner)
             and oid >= 16384
          """,
          """
          select 'collation ' || collname || ' ' || collprovider::text from pg_collation
           where oid >= 16384
          """,
          "select 'cast ' || castsource::regtype || ' ' || casttarget::regtype from pg_cast where"
              + " oid >= 16384",
          """
          select 'operator ' || oid::regoperator from pg_operator where oid >= 16384
             and not exists (select from pg_depend d where d.objid = pg_operator.oid
                             and d.deptype = 'e')
          """);

  private SchemaDump() {}

  static List<String> of(Connection superuser) throws SQLException {
    Sql.execute(superuser, "set search_path = pg_catalog");
    var lines = new TreeSet<String>();
    for (var query : QUERIES) {
      lines.addAll(Sql.rows(superuser, row -> String.valueOf(row.getString(1)), query));
    }
    Sql.execute(superuser, "reset search_path");
    return List.copyOf(lines);
  }
}
