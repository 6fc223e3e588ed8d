package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/** All of a database, a line for each thing in it; what time and chance decide is left out. */
record WholeDatabase(TestDatabase database) {
  private static final List<String> CATALOG =
      List.of(
          """
          select 'schema ' || nspname || ' ' || coalesce(nspacl::text, '') from pg_namespace
           where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1
          """,
          """
          select format('%s %s %s %s %s %s', c.relkind, c.oid::regclass, c.relowner::regrole,
                        c.relacl::text, c.relrowsecurity, c.relpersistence)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1
          """,
          """
          select format('%s.%s %s %s %s %s', a.attrelid::regclass, a.attname, a.attnum,
                        format_type(a.atttypid, a.atttypmod), a.attnotnull,
                        pg_get_expr(d.adbin, d.adrelid))
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where a.attnum > 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
           order by 1
          """,
          """
          select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint where connamespace::regnamespace::text !~ '^pg_|^information_schema'
           order by 1
          """,
          """
          select indexdef || (select i.indisvalid from pg_index i
                               where i.indexrelid = format('%I.%I', schemaname, indexname)::regclass)
            from pg_indexes where schemaname !~ '^pg_' order by 1
          """,
          """
          select pg_get_functiondef(oid) || proowner::regrole || coalesce(proacl::text, '')
            from pg_proc where pronamespace::regnamespace::text !~ '^pg_|^information_schema'
             and prokind in ('f', 'p') order by 1
          """,
          "select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1",
          "select enumtypid::regtype || ' ' || enumlabel from pg_enum order by enumsortorder",
          "select format('%s %s', objoid::regclass, description) from pg_description"
              + " where classoid = 'pg_class'::regclass and objoid > 16384 order by 1",
          "select format('%s.%s %s', schemaname, sequencename, last_value) from pg_sequences"
              + " order by 1");

  List<String> lines() {
    var all = new ArrayList<String>();
    CATALOG.forEach(sql -> all.addAll(database.query(sql)));
    var tables =
        database.query(
            """
            select format('%I.%I', nspname, relname) from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where relkind = 'r' and nspname !~ '^pg_' and nspname <> 'information_schema'
               and relname <> 'sluice_revision' order by 1
            """);
    for (var table : tables) {
      rows(table).forEach(row -> all.add(table + " " + row));
    }
    // that is a run's, and no replay's
    all.removeIf(line -> line.contains("sluice_revision"));
    return all;
  }

  private List<String> rows(String table) {
    return database.query(
        """
        select (to_jsonb(whole_row) - array['dateexecuted', 'deployment_id', 'installed_on', 'liquibase',
                                    'execution_time', 'applied_at', 'locked', 'lockgranted',
                                    'lockedby'])::text
          from %s whole_row order by ctid
        """
            .formatted(table));
  }

  /** Differences first: they are read more easily than all of it. */
  void isAs(WholeDatabase other) {
    var actual = lines();
    var expected = other.lines();
    assertThat(actual.stream().filter(line -> !expected.contains(line))).as("here only").isEmpty();
    assertThat(expected.stream().filter(line -> !actual.contains(line))).as("there only").isEmpty();
    assertThat(actual).containsExactlyElementsOf(expected);
  }
}
