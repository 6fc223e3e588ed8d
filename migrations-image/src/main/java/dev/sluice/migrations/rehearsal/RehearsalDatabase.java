package dev.sluice.migrations.rehearsal;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes an empty database that is to the migrations like the one that they are for. */
final class RehearsalDatabase implements RehearsalPlace {
  /** Their members read the server's files, and start programs of its. */
  private static final List<String> REACH_OUT =
      List.of(
          "pg_execute_server_program",
          "pg_read_server_files",
          "pg_write_server_files",
          "pg_create_subscription");

  /** There is no template of another encoding; what an empty database holds is ASCII. */
  private static final String ENCODING =
      """
      update pg_database set encoding = pg_char_to_encoding(?), datcollate = 'C', datctype = 'C'
       where datname = ? returning oid
      """;

  /** Those that a superuser may set, where the target's role may, and that stay inside. */
  private static final List<String> PARAMETERS =
      List.of("session_replication_role", "lc_messages", "log_statement", "log_min_messages");

  private static final int PARAMETERS_ARE_GRANTED = 15;

  private final RehearsalServer server;
  private final TargetFacts facts;

  /** The server's, before the first database was made; what a replay made of them goes again. */
  private @Nullable Set<String> roles;

  RehearsalDatabase(RehearsalServer server, TargetFacts facts) {
    this.server = server;
    this.facts = facts;
  }

  @Override
  public Optional<String> make(List<String> schemas, boolean observed)
      throws SQLException, CannotRehearseException {
    try (var admin = server.ready()) {
      Sql.execute(
          admin.connection(), "drop database if exists %s".formatted(name(facts.database())));
      if (roles != null) {
        each(admin, dropped(admin, roles));
      }
      var existing = existing(admin);
      roles = existing.roles();
      Sql.execute(admin.connection(), roles(existing));
      Sql.execute(
          admin.connection(),
          "create database %s owner %s".formatted(name(facts.database()), name(facts.role())));
      if (!facts.hasUsualEncoding()) {
        Sql.rows(admin.connection(), _ -> true, ENCODING, facts.encoding(), facts.database());
      }
      each(admin, settings());
      if (facts.superuser()) {
        each(admin, rightsOfSuperuser(existing));
      }
    }
    try (var admin = server.admin(facts.database())) {
      Sql.execute(admin.connection(), rights(schemas));
      each(admin, grants());
      searchPath(admin);
      return observed ? RehearsalPlace.observed(admin) : Optional.empty();
    }
  }

  /** Those that came since, with what is theirs in other databases: none is. */
  private static Stream<String> dropped(Session admin, Set<String> before) throws SQLException {
    return names(admin, "select rolname from pg_roles").stream()
        .filter(role -> !before.contains(role))
        .flatMap(role ->
            Stream.of("drop owned by " + name(role) + " cascade", "drop role " + name(role)));
  }

  /** Whoever is given something by a superuser needs no right to make it. */
  private Stream<String> grants() {
    var given =
        facts.grants().stream()
            .map(grant ->
                "grant %s on schema %s to %s"
                    .formatted(
                        grant.right(),
                        name(grant.schema()),
                        grant.role().isEmpty() ? "public" : name(grant.role())));
    var makers =
        facts.superuser()
            ? Stream.of(
                "grant create on database %s to public".formatted(name(facts.database())),
                "grant usage, create on schema public to public")
            : Stream.<String>empty();
    return Stream.concat(given, makers);
  }

  /** What the server doesn't take is left out: it is without it. */
  private static void each(Session admin, Stream<String> statements) throws SQLException {
    for (var sql : statements.toList()) {
      try {
        Sql.execute(admin.connection(), sql);
      } catch (SQLException e) {
        if (String.valueOf(e.getSQLState()).startsWith("08")) {
          throw e;
        }
      }
    }
  }

  private Stream<String> settings() {
    return facts.settings().stream()
        .map(setting ->
            "alter role %s in database %s %s"
                .formatted(name(facts.role()), name(facts.database()), setting.sql()));
  }

  /** Of what a superuser may, which no role is here: whatever the other roles may. */
  private Stream<String> rightsOfSuperuser(Existing existing) {
    var mine = name(facts.role());
    var others =
        Stream.concat(
                facts.roles().stream()
                    .map(TargetFacts.Role::name)
                    .filter(role -> !role.equals(facts.role()))
                    .filter(role -> !existing.superusers().contains(role)),
                predefined())
            .map(role -> "grant %s to %s with admin option".formatted(name(role), mine));
    var parameters =
        facts.major() < PARAMETERS_ARE_GRANTED
            ? Stream.<String>empty()
            : PARAMETERS.stream()
                .map(parameter -> "grant set on parameter %s to %s".formatted(parameter, mine));
    return Stream.concat(others, parameters);
  }

  @Override
  public boolean isCopied(String role) {
    return !role.equals(facts.role())
        && facts.roles().stream().anyMatch(known -> known.name().equals(role));
  }

  /** Those of a server that isn't ours; nobody may be a superuser there. */
  private Existing existing(Session admin) throws SQLException, CannotRehearseException {
    var existing =
        new Existing(
            names(admin, "select rolname from pg_roles"),
            names(admin, "select rolname from pg_roles where rolsuper"));
    if (existing.superusers().contains(facts.role())) {
      throw CannotRehearseException.forGood(
          "the migrations run as %s, which is a superuser on the server for rehearsals: give that another POSTGRES_USER"
              .formatted(facts.role()));
    }
    return existing;
  }

  private static Set<String> names(Session admin, String sql) throws SQLException {
    return Set.copyOf(Sql.rows(admin.connection(), row -> row.getString(1), sql));
  }

  private record Existing(Set<String> roles, Set<String> superusers) {
    Existing {
      roles = Set.copyOf(roles);
      superusers = Set.copyOf(superusers);
    }
  }

  private String roles(Existing existing) {
    var sql = new ArrayList<String>();
    // whoever may make roles could grant himself those, if they were there
    sql.add(
        "delete from pg_authid where rolname in (%s)"
            .formatted(REACH_OUT.stream().map(r -> "'" + r + "'").collect(joining(", "))));
    for (var role : facts.roles()) {
      if (existing.roles().contains(role.name())) {
        continue;
      }
      var login = role.name().equals(facts.role()) ? " login " : " nologin ";
      sql.add("create role " + name(role.name()) + login + role.attributes());
    }
    var there =
        Stream.concat(facts.roles().stream().map(TargetFacts.Role::name), predefined())
            // who is a member of a superuser is as good as one
            .filter(role -> !existing.superusers().contains(role))
            .collect(Collectors.toSet());
    for (var membership : facts.memberships()) {
      if (there.contains(membership.role()) && there.contains(membership.member())) {
        sql.add(
            "grant %s to %s%s"
                .formatted(
                    name(membership.role()),
                    name(membership.member()),
                    membership.admin() ? " with admin option" : ""));
      }
    }
    return String.join(";\n", sql);
  }

  /** Those that every version since 14 has, and that stay inside. */
  private static Stream<String> predefined() {
    return Set.of(
        "pg_read_all_data",
        "pg_write_all_data",
        "pg_read_all_settings",
        "pg_read_all_stats",
        "pg_stat_scan_tables",
        "pg_monitor",
        "pg_signal_backend")
        .stream();
  }

  private String rights(List<String> schemas) {
    var made =
        Stream.concat(facts.schemas().stream(), schemas.stream())
            .distinct()
            .map(schema ->
                "create schema if not exists %s authorization %s"
                    .formatted(name(schema), name(facts.role())));
    return made.collect(joining(";\n"));
  }

  /** As it is, empty or with odd names. */
  private void searchPath(Session admin) throws SQLException {
    Sql.rows(
        admin.connection(),
        _ -> true,
        "select set_config('search_path', ?, false)",
        facts.searchPath());
    Sql.execute(
        admin.connection(),
        "alter role %s in database %s set search_path from current"
            .formatted(name(facts.role()), name(facts.database())));
  }

  static String name(String identifier) {
    return Sql.quoted(identifier);
  }

  @Override
  public Session session(SessionSettings settings) throws SQLException {
    return server.session(facts.database(), facts.role(), settings);
  }

  @Override
  public Session admin() throws SQLException {
    return server.admin(facts.database());
  }

  /** By the comment that each of them has. */
  @Override
  public List<String> stubs(Session session) throws SQLException {
    return Sql.rows(
        session.connection(),
        row -> row.getString(1),
        """
        select extname from pg_catalog.pg_extension
         where pg_catalog.obj_description(oid, 'pg_extension')
               operator(pg_catalog.~~) 'stands in for % in a rehearsal: %'
         order by 1
        """);
  }

  @Override
  public String role() {
    return facts.role();
  }

  @Override
  public String where() {
    return "";
  }

  @Override
  public Optional<String> end() {
    return server.end();
  }
}
