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
 * extensions, collations, tablespaces and roles, each once. What the target hasn't got isn't made,
 * if there is a target.
 */
final class Prerequisites {
  private static final Pattern SCHEMA = Pattern.compile("schema \"(.+?)\" does not exist");
  private static final Pattern ROLE = Pattern.compile("role \"(.+?)\" does not exist");
  private static final Pattern COLLATION =
      Pattern.compile("collation \"(.+?)\" for encoding \"\\w+\" does not exist");
  private static final Pattern TABLESPACE = Pattern.compile("tablespace \"(.+?)\" does not exist");
  private static final Pattern ROLE_EXISTS = Pattern.compile("role \"(.+?)\" already exists");
  private static final String SUPABASE = "create extension sluice_supabase_auth";
  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String UNDEFINED_OBJECT = "42704";
  private static final String UNDEFINED_TABLE = "42P01";

  private final RehearsalPlace place;
  private final List<TargetExtension> extensions;
  private final TargetObjects target;
  private final Set<String> tried = new HashSet<>();
  private final List<String> made = new ArrayList<>();

  /** {@code extensions}: those of the target. */
  Prerequisites(RehearsalPlace place, List<TargetExtension> extensions, TargetObjects target) {
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
        || named(TABLESPACE, message).filter(this::tablespace).isPresent()
        || (isUndefined(failure) && extensions());
  }

  /**
   * The same for one that the target has applied already, and that makes a role: roles are copied
   * from the target, where it is since then.
   */
  boolean removedFor(Failure failure) {
    return named(ROLE_EXISTS, failure.message())
        .filter(place::isCopied)
        .filter(name -> done("no role " + name, "drop role " + Sql.quoted(name)))
        .isPresent();
  }

  private static boolean isUndefined(Failure failure) {
    var state = String.valueOf(failure.sqlState());
    return state.equals(UNDEFINED_FUNCTION)
        || state.equals(UNDEFINED_OBJECT)
        || state.equals(UNDEFINED_TABLE);
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

  /** In the folder of the server's data, where it has no place of its own. */
  private boolean tablespace(String name) {
    return target.mayHave("tablespace", name)
        && done(
            "tablespace " + name,
            "set allow_in_place_tablespaces = on",
            "create tablespace %s location ''".formatted(Sql.quoted(name)),
            "grant create on tablespace %s to public".formatted(Sql.quoted(name)));
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
      var schema = Sql.quoted(extension.schema());
      var statement =
          "create schema if not exists %s authorization %s; create extension if not exists %s schema %s"
              .formatted(schema, role(), Sql.quoted(extension.name()), schema);
      some |=
          done(
                  "extension %s %s".formatted(extension.name(), extension.version()),
                  statement + " version " + Sql.quoted(extension.version()))
              || done("extension " + extension.name(), statement);
    }
    return some;
  }

  private String role() {
    return Sql.quoted(place.role());
  }

  /** Each by itself: some hold no transaction. */
  private boolean done(String what, String... statements) {
    if (!tried.add(what)) {
      return false;
    }
    try (Session admin = place.admin()) {
      for (var sql : statements) {
        Sql.execute(admin.connection(), sql);
      }
      made.add(what);
      return true;
    } catch (SQLException | CannotRehearseException _) {
      return false; // then what the migration says of it stands
    }
  }
}
