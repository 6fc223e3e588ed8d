package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the target whether it has what the rehearsal's database hasn't got. */
final class TargetObjects {
  private static final String RELATION =
      """
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where (c.relname = $1 and pg_table_is_visible(c.oid))
                  or n.nspname || '.' || c.relname = $1)
      """;
  private static final String ROLE = "exists (select from pg_roles where rolname = $1)";

  /**
   * By the last word of the kind that a server's message begins with. $1 is what it has in quotes,
   * which is no SQL: a qualified name has its dot in it, and a quoted one no quotes of its own.
   */
  private static final Map<String, String> EXISTS =
      Map.ofEntries(
          Map.entry("relation", RELATION),
          Map.entry("table", RELATION),
          Map.entry("view", RELATION),
          Map.entry("sequence", RELATION),
          Map.entry("index", RELATION),
          Map.entry("role", ROLE),
          Map.entry("schema", named("pg_namespace", "nspname")),
          Map.entry("type", qualified("pg_type", "typname", "typnamespace")),
          Map.entry("collation", qualified("pg_collation", "collname", "collnamespace")),
          Map.entry("constraint", named("pg_constraint", "conname")),
          Map.entry(
              "trigger",
              named("pg_trigger", "tgname") + " or " + named("pg_event_trigger", "evtname")),
          Map.entry("policy", named("pg_policy", "polname")),
          Map.entry("rule", named("pg_rewrite", "rulename")),
          Map.entry("publication", named("pg_publication", "pubname")),
          Map.entry("extension", named("pg_extension", "extname")),
          Map.entry("language", named("pg_language", "lanname")),
          Map.entry("tablespace", named("pg_tablespace", "spcname")),
          Map.entry("database", named("pg_database", "datname")),
          Map.entry("method", named("pg_am", "amname")),
          Map.entry("server", named("pg_foreign_server", "srvname")),
          Map.entry("wrapper", named("pg_foreign_data_wrapper", "fdwname")),
          Map.entry("configuration", qualified("pg_ts_config", "cfgname", "cfgnamespace")),
          Map.entry("dictionary", qualified("pg_ts_dict", "dictname", "dictnamespace")),
          Map.entry("class", qualified("pg_opclass", "opcname", "opcnamespace")),
          Map.entry("family", qualified("pg_opfamily", "opfname", "opfnamespace")),
          Map.entry("object", qualified("pg_statistic_ext", "stxname", "stxnamespace")),
          Map.entry("function", qualified("pg_proc", "proname", "pronamespace")),
          Map.entry("procedure", qualified("pg_proc", "proname", "pronamespace")),
          Map.entry("aggregate", qualified("pg_proc", "proname", "pronamespace")),
          Map.entry("operator", qualified("pg_operator", "oprname", "oprnamespace")),
          Map.entry("parameter", "current_setting($1, true) is not null"));

  private static String named(String catalog, String column) {
    return "exists (select from %s where %s = $1)".formatted(catalog, column);
  }

  private static String qualified(String catalog, String column, String schema) {
    return """
    exists (select from %1$s o join pg_namespace n on n.oid = o.%3$s
             where o.%2$s = $1 or n.nspname || '.' || o.%2$s = $1)
    """
        .formatted(catalog, column, schema);
  }

  /** A column of a table that is named, or of one that the migration names somewhere. */
  private static final String COLUMN =
      """
      select exists (
        select from pg_attribute a join pg_class c on c.oid = a.attrelid
         where a.attnum > 0 and not a.attisdropped and a.attname = $1
           and case when $2 <> '' then c.relname = $2
                    else strpos($3, lower(c.relname)) > 0 end
           and c.relnamespace <> 'pg_catalog'::regnamespace)
      """;

  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and strpos($1, lower(c.relname)) > 0
         and n.nspname not in ('pg_catalog', 'information_schema', 'sluice')
       order by length(c.relname) desc limit 50
      """;

  /** An odd name, which may be a value by mistake, isn't repeated: it may be there. */
  private static final String UNSAID = "\"…\"";

  private final @Nullable Session session;

  private TargetObjects(@Nullable Session session) {
    this.session = session;
  }

  static TargetObjects of(Session target) {
    return new TargetObjects(target);
  }

  /** There is no target, and so nothing that it hasn't got. */
  static TargetObjects unknown() {
    return new TargetObjects(null);
  }

  /** True where there is no target: it isn't known. */
  boolean mayHave(String kind, String name) {
    return session == null || has(kind, name);
  }

  /** The thing that a migration misses is in the target; {@code sql}: all of the migration's. */
  boolean hasWhatIsMissing(Failure failure, String sql) {
    if (session != null && failure.message().contains(UNSAID)) {
      return true;
    }
    var column = MissingObject.column(failure.message());
    return column.isPresent()
        ? hasColumn(column.get(), sql.toLowerCase(Locale.ROOT))
        : MissingObject.of(failure.message())
            .filter(missing -> has(missing.kind(), missing.name()))
            .isPresent();
  }

  private boolean hasColumn(MissingObject.Column column, String sql) {
    return asked(COLUMN, column.name(), column.table(), sql);
  }

  private boolean has(String kind, String name) {
    var condition = EXISTS.get(kind);
    return condition != null && asked("select " + condition, name);
  }

  /** A table that the migration names has rows there. */
  boolean hasRows(String sql) {
    return rows(TABLES, sql.toLowerCase(Locale.ROOT)).stream()
        .flatMap(List::stream)
        .anyMatch(table -> asked("select exists (select from %s)".formatted(table)));
  }

  private boolean asked(String sql, String... parameters) {
    return rows(sql, parameters).filter(rows -> rows.getFirst().equals("t")).isPresent();
  }

  /** Empty where there is no target, or it doesn't answer that. */
  private Optional<List<String>> rows(String sql, String... parameters) {
    if (session == null) {
      return Optional.empty();
    }
    var text = sql;
    for (var i = 0; i < parameters.length; i++) {
      // a parameter has one place in a statement of JDBC, and one may be named more than once
      text = text.replace("$" + (i + 1), "(select p%d from given)".formatted(i + 1));
    }
    try {
      return Optional.of(
          Sql.rows(
              session.connection(),
              row -> String.valueOf(row.getString(1)),
              given(parameters.length) + text,
              (Object[]) parameters));
    } catch (SQLException _) {
      return Optional.empty();
    }
  }

  private static String given(int parameters) {
    var columns = new StringBuilder();
    for (var i = 1; i <= parameters; i++) {
      columns.append(i == 1 ? "" : ", ").append("?::text as p").append(i);
    }
    return parameters == 0 ? "" : "with given as (select %s)\n".formatted(columns);
  }
}
