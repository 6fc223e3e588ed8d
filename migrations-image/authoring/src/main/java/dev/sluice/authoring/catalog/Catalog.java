package dev.sluice.authoring.catalog;

import dev.sluice.migrations.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database has, without what belongs to extensions.
 *
 * @param schemaIds what stays with each schema whatever it is called
 * @param constraints named with their table; without those of domains, and without NOT NULL
 * @param indexes without those of constraints
 * @param sequences without those that go with a column
 * @param ownedSequences those; their definition is the column
 */
public record Catalog(
    Map<String, Long> schemaIds,
    List<Table> tables,
    List<EnumType> enums,
    List<Named> constraints,
    List<Named> indexes,
    List<Named> sequences,
    List<Named> ownedSequences) {
  /** Neither PostgreSQL's own nor an extension's; {@code %1$s} is the object's catalog and oid. */
  private static final String OWN =
      """
       n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and not exists (select from pg_depend d where d.classid = '%1$s'::regclass
                       and d.objid = %2$s and d.deptype = 'e')
      """;

  public Catalog {
    schemaIds = Map.copyOf(schemaIds);
    tables = List.copyOf(tables);
    enums = List.copyOf(enums);
    constraints = List.copyOf(constraints);
    indexes = List.copyOf(indexes);
    sequences = List.copyOf(sequences);
    ownedSequences = List.copyOf(ownedSequences);
  }

  public Set<String> schemas() {
    return schemaIds.keySet();
  }

  public Optional<Table> table(ObjectName name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  public Optional<Table> table(long oid) {
    return tables.stream().filter(table -> table.oid() == oid).findFirst();
  }

  public Optional<EnumType> enumOf(ObjectName name) {
    return enums.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** The same type, whatever it is called now, else one of its name. */
  public Optional<EnumType> enumLike(EnumType type) {
    return enums.stream()
        .filter(other -> other.oid() == type.oid())
        .findFirst()
        .or(() -> enumOf(type.name()));
  }

  /** In one look. */
  public static Catalog of(Connection connection) throws SQLException {
    // names of types and definitions come with their schemas
    Sql.execute(connection, "set search_path = pg_catalog");
    try {
      return read(connection);
    } finally {
      Sql.execute(connection, "reset search_path");
    }
  }

  private static Catalog read(Connection connection) throws SQLException {
    return new Catalog(
        Sql.rows(
                connection,
                row -> Map.entry(row.getString(1), row.getLong(2)),
                "select nspname, oid from pg_namespace n where "
                    + OWN.formatted("pg_namespace", "n.oid"))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        tables(connection),
        Sql.rows(
            connection,
            row ->
                new EnumType(
                    row.getLong(1),
                    ObjectName.of(row.getString(2), row.getString(3)),
                    List.of((String[]) row.getArray(4).getArray()),
                    List.of((Long[]) row.getArray(5).getArray())),
            """
            select t.oid, n.nspname, t.typname,
                   array(select enumlabel::text from pg_enum where enumtypid = t.oid
                         order by enumsortorder),
                   array(select oid::bigint from pg_enum where enumtypid = t.oid
                         order by enumsortorder)
              from pg_type t join pg_namespace n on n.oid = t.typnamespace
             where t.typtype = 'e' and
            """
                + OWN.formatted("pg_type", "t.oid")),
        named(
            connection,
            """
            select c.oid, n.nspname, r.relname, c.conname, pg_get_constraintdef(c.oid)
              from pg_constraint c join pg_class r on r.oid = c.conrelid
              join pg_namespace n on n.oid = r.relnamespace
             where c.contype <> 'n' and c.conislocal and
            """
                + OWN.formatted("pg_class", "r.oid")),
        named(
            connection,
            """
            select i.oid, n.nspname, null, i.relname,
                   regexp_replace(pg_get_indexdef(i.oid), ' INDEX \\S+ ON ', ' INDEX ON ')
              from pg_index x join pg_class i on i.oid = x.indexrelid
              join pg_namespace n on n.oid = i.relnamespace
             where not exists (select from pg_constraint c where c.conindid = i.oid
                               and c.contype in ('p', 'u', 'x')) and not i.relispartition and
            """
                + OWN.formatted("pg_class", "x.indrelid")),
        named(
            connection,
            """
            select s.oid, n.nspname, null, s.relname, ''
              from pg_class s join pg_namespace n on n.oid = s.relnamespace
             where s.relkind = 'S' and not exists
                   (select from pg_depend d where d.classid = 'pg_class'::regclass
                     and d.objid = s.oid and d.refobjsubid > 0 and d.deptype in ('a', 'i')) and
            """
                + OWN.formatted("pg_class", "s.oid")),
        named(
            connection,
            """
            select s.oid, n.nspname, null, s.relname, o.oid::regclass || '.' || a.attname
              from pg_class s join pg_namespace n on n.oid = s.relnamespace
              join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid
                              and d.refobjsubid > 0 and d.deptype in ('a', 'i')
              join pg_class o on o.oid = d.refobjid
              join pg_attribute a on a.attrelid = o.oid and a.attnum = d.refobjsubid
             where s.relkind = 'S' and
            """
                + OWN.formatted("pg_class", "s.oid")));
  }

  private static List<Named> named(Connection connection, String sql) throws SQLException {
    return Sql.rows(
        connection,
        row -> {
          var table = row.getString(3);
          var name =
              table == null
                  ? ObjectName.of(row.getString(2), row.getString(4))
                  : ObjectName.of(row.getString(2), table, row.getString(4));
          return new Named(row.getLong(1), name, row.getString(5));
        },
        sql);
  }

  private record ColumnOf(long table, Column column) {}

  private static List<Table> tables(Connection connection) throws SQLException {
    Map<Long, List<Column>> columns =
        Sql.rows(
                connection,
                row ->
                    new ColumnOf(
                        row.getLong(1),
                        new Column(
                            row.getInt(2),
                            row.getString(3),
                            row.getString(4),
                            row.getBoolean(5),
                            row.getString(6),
                            row.getBoolean(7),
                            row.getBoolean(8))),
                """
                select a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
                       a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
                       a.attgenerated <> '', a.attidentity <> ''
                  from pg_attribute a join pg_class r on r.oid = a.attrelid
                  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where r.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
                   and r.oid >= 16384 order by a.attrelid, a.attnum
                """)
            .stream()
            .collect(
                Collectors.groupingBy(
                    ColumnOf::table, Collectors.mapping(ColumnOf::column, Collectors.toList())));
    return Sql.rows(
        connection,
        row ->
            new Table(
                row.getLong(1),
                ObjectName.of(row.getString(2), row.getString(3)),
                row.getBoolean(4),
                row.getBoolean(5),
                columns.getOrDefault(row.getLong(1), List.of())),
        """
        select r.oid, n.nspname, r.relname, r.relkind = 'p', r.relispartition
          from pg_class r join pg_namespace n on n.oid = r.relnamespace
         where r.relkind in ('r', 'p') and %s order by 2, 3
        """
            .formatted(OWN.formatted("pg_class", "r.oid")));
  }
}
