package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the target whether it has what the rehearsal's database hasn't got. */
final class TargetObjects {
  /** By the words of the server that a failure begins with. */
  private static final Map<String, String> EXISTS =
      Map.of(
          "relation", "to_regclass(%s) is not null",
          "table", "to_regclass(%s) is not null",
          "view", "to_regclass(%s) is not null",
          "sequence", "to_regclass(%s) is not null",
          "schema", "to_regnamespace(%s) is not null",
          "type", "to_regtype(%s) is not null",
          "role", "exists (select from pg_roles where quote_ident(rolname) = %s)",
          "collation", "exists (select from pg_collation where quote_ident(collname) = %s)");

  private static final Pattern MISSING =
      Pattern.compile("(\\w+) (\"(?<quoted>[^\"]+)\"|(?<plain>[\\w.]+)).* does not exist");
  private static final Pattern FUNCTION = Pattern.compile("function (\\S+)\\(.*does not exist");
  private static final Pattern COLUMN = Pattern.compile("column .* does not exist");

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
    return session == null || has(kind, Sql.quoted(name));
  }

  /** The thing that a migration misses is in the target, which the changelog hasn't made. */
  boolean hasWhatIsMissing(Failure failure) {
    if (session == null) {
      return false;
    }
    var function = FUNCTION.matcher(failure.message());
    if (function.find()) {
      return hasFunction(function.group(1));
    }
    var missing = MISSING.matcher(failure.message());
    if (COLUMN.matcher(failure.message()).find() || !missing.find()) {
      return false;
    }
    // the server prints a qualified name in one pair of quotes
    var name = missing.group("quoted") == null ? missing.group("plain") : missing.group("quoted");
    return has(missing.group(1), name);
  }

  private boolean has(String kind, String name) {
    var condition = EXISTS.get(kind);
    return condition != null && asked("select " + condition.formatted("?"), name);
  }

  private boolean hasFunction(String name) {
    return asked(
        "select exists (select from pg_proc where proname = ?)",
        name.substring(name.lastIndexOf('.') + 1));
  }

  private boolean asked(String sql, String name) {
    try {
      return session != null
          && Sql.rows(session.connection(), row -> row.getBoolean(1), sql, name).getFirst();
    } catch (SQLException _) {
      return false;
    }
  }
}
