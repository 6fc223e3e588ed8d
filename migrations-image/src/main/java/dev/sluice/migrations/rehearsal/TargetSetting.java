package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A setting of the database, its role or its server, on which it depends what a statement means.
 * Limits and what is logged aren't among them.
 */
record TargetSetting(String name, String value) {
  private static final String KNOWN =
      """
      select name, setting from pg_settings
       where source in ('configuration file', 'global', 'database', 'user', 'database user',
                        'command line', 'environment variable')
         and (name in ('DateStyle', 'IntervalStyle', 'TimeZone', 'timezone_abbreviations',
                       'lc_monetary', 'lc_numeric', 'lc_time', 'default_text_search_config',
                       'xmlbinary', 'xmloption', 'bytea_output', 'check_function_bodies',
                       'array_nulls', 'backslash_quote', 'standard_conforming_strings',
                       'transform_null_equals', 'quote_all_identifiers', 'row_security',
                       'default_transaction_isolation', 'default_transaction_deferrable',
                       'createrole_self_grant', 'restrict_nonsystem_relation_kind')
              or name like 'plpgsql.%')
       order by 1
      """;

  /** Those that no module knows are in no list; the last one is the one that counts. */
  private static final String OWN =
      """
      select split_part(entry, '=', 1), substr(entry, strpos(entry, '=') + 1)
        from pg_db_role_setting s, unnest(s.setconfig) entry
       where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
         and s.setrole in (0, (select oid from pg_roles where rolname = session_user))
         and split_part(entry, '=', 1) like '%.%'
       order by s.setrole <> 0, s.setdatabase <> 0
      """;

  static List<TargetSetting> of(Session target) throws SQLException {
    return Stream.concat(read(target, KNOWN), read(target, OWN)).toList();
  }

  private static Stream<TargetSetting> read(Session target, String sql) throws SQLException {
    return Sql.rows(
        target.connection(), row -> new TargetSetting(row.getString(1), row.getString(2)), sql)
        .stream();
  }

  /** As {@code ALTER ROLE} takes it. */
  String sql() {
    return "set %s to '%s'".formatted(quotedName(), value.replace("'", "''"));
  }

  /** A name with a dot is no qualified one, and each of its parts is quoted. */
  private String quotedName() {
    return String.join(".", Stream.of(name.split("\\.", -1)).map(Sql::quoted).toList());
  }
}
