package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a run gave its session, to be put back after a migration that changed them.
 *
 * @param settings by name, without search path and role
 * @param resetPath what {@code RESET search_path} comes to
 */
public record SessionState(
    Map<String, String> settings, String searchPath, String resetPath, String role) {
  private static final String LOCK_TIMEOUT = "lock_timeout";
  private static final String SEARCH_PATH = "search_path";

  /** What becomes of a search path that a migration has set. */
  public enum SearchPathRule {
    /** It is put back. */
    RESTORED,
    /** It stays for the migrations that follow, unless it was reset. */
    KEPT
  }

  public SessionState {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  private record Setting(String name, String value, String reset, String role) {}

  /** As they are now; {@code session} is the source of what the run has set. */
  public static SessionState of(Session session) throws SQLException {
    var all =
        Sql.rows(
            session.connection(),
            row ->
                new Setting(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
            """
            select name, current_setting(name), reset_val, current_setting('role')
              from pg_settings where (source = 'session' and name <> 'role') or name = 'search_path'
             order by name
            """);
    var path = all.stream().filter(s -> s.name().equals(SEARCH_PATH)).findFirst().orElseThrow();
    var settings = new LinkedHashMap<String, String>();
    all.forEach(setting -> settings.put(setting.name(), setting.value()));
    settings.remove(SEARCH_PATH);
    return new SessionState(settings, path.value(), path.reset(), path.role());
  }

  /** Unless a migration has set another. */
  public SqlPart withoutLockTimeout() {
    return lockTimeout(settings.getOrDefault(LOCK_TIMEOUT, "0"), "0");
  }

  public SqlPart withLockTimeout() {
    return lockTimeout("0", settings.getOrDefault(LOCK_TIMEOUT, "0"));
  }

  private static SqlPart lockTimeout(String from, String to) {
    return SqlPart.of(
        "select set_config('lock_timeout', ?, false)"
            + " where current_setting('lock_timeout') = ?",
        to,
        from);
  }

  public static SqlPart searchPath(String path) {
    return SqlPart.of("select set_config('search_path', ?, false)", path);
  }

  /** Role, settings and search path. */
  public List<SqlPart> putBack(SearchPathRule rule) {
    var values = new ArrayList<String>();
    var parameters = new ArrayList<@Nullable Object>();
    values.add("('role', ?)");
    parameters.add(role);
    settings.forEach((name, value) -> {
      values.add("('" + name + "', ?)");
      parameters.add(value);
    });
    switch (rule) {
      case RESTORED -> values.add("('search_path', ?)");
      case KEPT -> {
        values.add("('search_path', coalesce(nullif(current_setting('search_path'), ?), ?))");
        parameters.add(resetPath);
      }
    }
    parameters.add(searchPath);
    return List.of(
        SqlPart.of("set session authorization default"),
        SqlPart.of(
            "select set_config(n, v, false) from (values "
                + String.join(", ", values)
                + ") s (n, v)",
            parameters.toArray()));
  }

  /** Own statements run under the own role, whatever role a migration has left. */
  public List<SqlPart> ownRole() {
    return List.of(
        SqlPart.of("set session authorization default"),
        SqlPart.of("select set_config('role', ?, false)", role));
  }

  /** The own role, for one statement in the middle of a migration that may have another. */
  public List<SqlPart> underOwnRole(SqlPart part) {
    return List.of(
        SqlPart.of(
            "select set_config('sluice.role', current_setting('role'), true),"
                + " set_config('role', ?, true)",
            role),
        part,
        SqlPart.of("select set_config('role', current_setting('sluice.role'), true)"));
  }

  /** Makes a search path that was set for one transaction that of the session. */
  public static SqlPart keepSearchPath() {
    return SqlPart.of("select set_config('search_path', current_setting('search_path'), false)");
  }
}
