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
 * @param superuser its role is one, which may do all that these roles may
 * @param encoding in PostgreSQL's words
 */
record TargetFacts(
    int major,
    String database,
    String role,
    String searchPath,
    List<String> schemas,
    List<Role> roles,
    List<Membership> memberships,
    List<TargetExtension> extensions,
    List<TargetSetting> settings,
    List<SchemaGrant> grants,
    boolean superuser,
    String encoding) {
  private static final String USUAL_ENCODING = "UTF8";

  /** Attributes as {@code CREATE ROLE} names them; never that of a superuser. */
  record Role(String name, String attributes) {}

  /** {@code role}: empty for PUBLIC. */
  record SchemaGrant(String schema, String right, String role) {}

  record Membership(String role, String member, boolean admin) {}

  TargetFacts {
    schemas = List.copyOf(schemas);
    roles = List.copyOf(roles);
    memberships = List.copyOf(memberships);
    extensions = List.copyOf(extensions);
    settings = List.copyOf(settings);
    grants = List.copyOf(grants);
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
        List.of(),
        List.of(),
        List.of(),
        false,
        USUAL_ENCODING);
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
        extensions,
        settings,
        grants,
        superuser,
        encoding);
  }

  /** On another version. */
  TargetFacts on(int other) {
    return new TargetFacts(
        other,
        database,
        role,
        searchPath,
        schemas,
        roles,
        memberships,
        extensions,
        settings,
        grants,
        superuser,
        encoding);
  }

  /** The template of others can't be thrown away: it is rehearsed under another name. */
  private static String rehearsed(String database) {
    return database.equals("template1") ? "rehearsal" : database;
  }

  boolean hasUsualEncoding() {
    return encoding.equals(USUAL_ENCODING);
  }

  private record Server(
      int version,
      String database,
      String role,
      String searchPath,
      boolean superuser,
      String encoding) {}

  static TargetFacts of(Session session) throws SQLException {
    var connection = session.connection();
    var server =
        Sql.rows(
                connection,
                row ->
                    new Server(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getString(6)),
                """
                select current_setting('server_version_num')::int, current_database(), session_user,
                       (select reset_val from pg_settings where name = 'search_path'),
                       (select rolsuper from pg_roles where rolname = session_user),
                       current_setting('server_encoding')
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
    var grants =
        Sql.rows(
            connection,
            row -> new SchemaGrant(row.getString(1), row.getString(2), row.getString(3)),
            """
            select n.nspname, a.privilege_type, coalesce(r.rolname, '')
              from pg_namespace n, aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
             where n.nspname = any (current_schemas(false)) and (a.grantee = 0 or r.oid is not null)
             order by 1, 2, 3
            """);
    return new TargetFacts(
        server.version() / 10_000,
        rehearsed(server.database()),
        server.role(),
        server.searchPath(),
        schemas,
        roles,
        memberships,
        TargetExtension.of(session),
        TargetSetting.of(session),
        grants,
        server.superuser(),
        server.encoding());
  }
}
