package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes what a database has before its first migration, when a migration asks for it: schemas,
 * extensions, collations and roles, each once. What the target hasn't got isn't made, if there is a
 * target.
 */
final class Prerequisites {
  private static final Pattern SCHEMA = Pattern.compile("schema \"(.+?)\" does not exist");
  private static final Pattern ROLE = Pattern.compile("role \"(.+?)\" does not exist");
  private static final Pattern COLLATION =
      Pattern.compile("collation \"(.+?)\" for encoding \"UTF8\" does not exist");
  private static final String SUPABASE = "create extension sluice_supabase_auth";
  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String UNDEFINED_OBJECT = "42704";

  private final RehearsalPlace place;
  private final List<String> extensions;
  private final TargetObjects target;
  private final Set<String> tried = new HashSet<>();
  private final List<String> made = new ArrayList<>();

  /** {@code extensions}: those of the target. */
  Prerequisites(RehearsalPlace place, List<String> extensions, TargetObjects target) {
    this.place = place;
    this.extensions = List.copyOf(extensions);
    this.target = target;
  }

  /** What was made, in words. */
  List<String> made() {
    return List.copyOf(made);
  }

  /** True when the changeset that failed may now go well. */
  boolean madeFor(Failure failure) {
    var message = failure.message();
    return named(SCHEMA, message).filter(this::schema).isPresent()
        || named(ROLE, message).filter(this::role).isPresent()
        || named(COLLATION, message).filter(this::collation).isPresent()
        || (isUndefined(failure) && extensions());
  }

  private static boolean isUndefined(Failure failure) {
    var state = String.valueOf(failure.sqlState());
    return state.equals(UNDEFINED_FUNCTION) || state.equals(UNDEFINED_OBJECT);
  }

  private static Optional<String> named(Pattern pattern, String message) {
    var found = pattern.matcher(message);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private boolean schema(String name) {
    if (name.equals("auth") && done("schema auth, as Supabase has it", SUPABASE)) {
      return true;
    }
    return target.mayHave("schema", name)
        && done(
            "schema " + name,
            "create schema %s authorization %s".formatted(Sql.quoted(name), role()));
  }

  private boolean role(String name) {
    return target.mayHave("role", name)
        && done(
            "role " + name,
            "create role %1$s; grant %1$s to %2$s".formatted(Sql.quoted(name), role()));
  }

  /** What it sorts is empty or small. */
  private boolean collation(String name) {
    return target.mayHave("collation", name)
        && done(
            "collation " + name + ", as a copy of \"C\"",
            "create collation pg_catalog.%s from \"C\"".formatted(Sql.quoted(name)));
  }

  /** Those of the target: functions and types of theirs say nothing of where they are from. */
  private boolean extensions() {
    var some = false;
    for (var extension : extensions) {
      some |=
          done("extension " + extension, "create extension if not exists " + Sql.quoted(extension));
    }
    return some;
  }

  private String role() {
    return Sql.quoted(place.role());
  }

  private boolean done(String what, String sql) {
    if (!tried.add(what)) {
      return false;
    }
    try (Session admin = place.admin()) {
      Sql.execute(admin.connection(), sql);
      made.add(what);
      return true;
    } catch (SQLException | CannotRehearseException _) {
      return false; // then what the migration says of it stands
    }
  }
}
