package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal has to have as the database has it. Read from catalogs that every role may read.
 *
 * @param role that logs in
 * @param searchPath the role's own
 * @param schemas of that path which are there
 * @param extensions by name
 */
record TargetFacts(
    int major,
    String database,
    String role,
    String searchPath,
    List<String> schemas,
    List<Role> roles,
    List<Membership> memberships,
    List<String> extensions) {
  /** Attributes as {@code CREATE ROLE} names them; never that of a superuser. */
  record Role(String name, String attributes) {}

  record Membership(String role, String member, boolean admin) {}

  TargetFacts {
    schemas = List.copyOf(schemas);
    roles = List.copyOf(roles);
    memberships = List.copyOf(memberships);
    extensions = List.copyOf(extensions);
  }

  /** Where there is no database to be like: its name and role are made up. */
  static TargetFacts ofNothing(int major, String role, String database) {
    var maker = new Role(role, "createdb createrole bypassrls inherit");
    return new TargetFacts(
        major,
        database,
        role,
        "\"$user\", public",
        List.of(),
        List.of(maker),
        List.of(),
        List.of());
  }

  /** With a role that whoever migrates takes, if any. */
  TargetFacts withRole(@Nullable String taken) {
    if (taken == null || taken.equals(role)) {
      return this;
    }
    var more = new ArrayList<>(roles);
    more.add(new Role(taken, "createdb createrole bypassrls inherit"));
    return new TargetFacts(
        major,
        database,
        role,
        searchPath,
        schemas,
        more,
        List.of(new Membership(taken, role, false)),
        extensions);
  }

  /** On another version. */
  TargetFacts on(int other) {
    return new TargetFacts(
        other, database, role, searchPath, schemas, roles, memberships, extensions);
  }

  private record Server(int version, String database, String role, String searchPath) {}

  static TargetFacts of(Session session) throws SQLException {
    var connection = session.connection();
    var server =
        Sql.rows(
                connection,
                row ->
                    new Server(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
                """
                select current_setting('server_version_num')::int, current_database(), session_user,
                       (select reset_val from pg_settings where name = 'search_path')
                """)
            .getFirst();
    var roles =
        Sql.rows(
            connection,
            row -> new Role(row.getString(1), row.getString(2)),
            """
            select rolname,
                   case when rolcreatedb or rolsuper then 'createdb ' else '' end
                   || case when rolcreaterole or rolsuper then 'createrole ' else '' end
                   || case when rolbypassrls or rolsuper then 'bypassrls ' else '' end
                   || case when rolinherit then 'inherit' else 'noinherit' end
              from pg_roles where rolname !~ '^pg_' order by 1
            """);
    var memberships =
        Sql.rows(
            connection,
            row -> new Membership(row.getString(1), row.getString(2), row.getBoolean(3)),
            """
            select r.rolname, m.rolname, bool_or(a.admin_option)
              from pg_auth_members a
              join pg_roles r on r.oid = a.roleid
              join pg_roles m on m.oid = a.member
             where m.rolname !~ '^pg_' group by 1, 2 order by 1, 2
            """);
    var schemas =
        Sql.rows(
            connection, row -> row.getString(1), "select unnest(current_schemas(false))::text");
    var extensions =
        Sql.rows(
            connection,
            row -> row.getString(1),
            "select extname from pg_extension where extname <> 'plpgsql' order by 1");
    return new TargetFacts(
        server.version() / 10_000,
        server.database(),
        server.role(),
        server.searchPath(),
        schemas,
        roles,
        memberships,
        extensions);
  }
}
