package dev.sluice.migrations.postgres;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
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

  /** What becomes of a search path that a migration has set. */
  public enum SearchPathRule {
    /** It is put back. */
    RESTORED,
    /** It stays for the migrations that follow, unless it was reset. */
    KEPT
  }

  public SessionState {
    settings = Map.copyOf(settings);
  }

  /** As they are now. */
  public static SessionState of(Session session) throws SQLException {
    return Sql.rows(
            session.connection(),
            row -> {
              var settings = new LinkedHashMap<String, String>();
              for (var name : SessionSetup.SETTINGS) {
                var value = row.getString(name);
                if (value != null) {
                  settings.put(name, value);
                }
              }
              return new SessionState(
                  settings,
                  row.getString("search_path"),
                  row.getString("reset_path"),
                  row.getString("role"));
            },
            "select current_setting('search_path') as search_path, current_setting('role') as role,"
                + " (select reset_val from pg_settings where name = 'search_path') as reset_path, "
                + SessionSetup.SETTINGS.stream()
                    .map(name -> "current_setting('" + name + "', true) as " + name)
                    .collect(joining(", ")))
        .getFirst();
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
    var calls = new ArrayList<String>();
    var parameters = new ArrayList<@Nullable Object>();
    calls.add("set_config('role', ?, false)");
    parameters.add(role);
    settings.forEach((name, value) -> {
      calls.add("set_config('" + name + "', ?, false)");
      parameters.add(value);
    });
    var path =
        switch (rule) {
          case RESTORED -> "?";
          case KEPT -> "coalesce(nullif(current_setting('search_path'), ?), ?)";
        };
    if (rule == SearchPathRule.RESTORED || !resetPath.equals(searchPath)) {
      calls.add("set_config('search_path', " + path + ", false)");
      if (rule == SearchPathRule.KEPT) {
        parameters.add(resetPath);
      }
      parameters.add(searchPath);
    }
    return List.of(
        SqlPart.of("set session authorization default"),
        SqlPart.of("select " + String.join(", ", calls), parameters.toArray()));
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
        SqlPart.of("select set_config('role'," + " current_setting('sluice.role'), true)"));
  }

  /** Makes a search path that was set for one transaction that of the session. */
  public static SqlPart keepSearchPath() {
    return SqlPart.of(
        "select set_config('search_path'," + " current_setting('search_path'), false)");
  }
}
