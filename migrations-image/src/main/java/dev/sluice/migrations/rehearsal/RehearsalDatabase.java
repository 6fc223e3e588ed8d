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

/** Makes an empty database that is to the migrations like the one that they are for. */
record RehearsalDatabase(RehearsalServer server, TargetFacts facts) implements RehearsalPlace {
  /** Their members read the server's files, and start programs of its. */
  private static final List<String> REACH_OUT =
      List.of(
          "pg_execute_server_program",
          "pg_read_server_files",
          "pg_write_server_files",
          "pg_create_subscription");

  @Override
  public void make(List<String> schemas) throws SQLException, CannotRehearseException {
    try (var admin = server.admin(server.firstDatabase())) {
      Sql.execute(admin.connection(), roles(existing(admin)));
      Sql.execute(
          admin.connection(), "drop database if exists %s".formatted(name(facts.database())));
      Sql.execute(
          admin.connection(),
          "create database %s owner %s".formatted(name(facts.database()), name(facts.role())));
    }
    try (var admin = server.admin(facts.database())) {
      Sql.execute(admin.connection(), rights(schemas));
    }
  }

  /** Those of a server that isn't ours; nobody may be a superuser there. */
  private Set<String> existing(Session admin) throws SQLException, CannotRehearseException {
    var existing =
        Sql.rows(
            admin.connection(),
            row -> new Existing(row.getString(1), row.getBoolean(2)),
            "select rolname, rolsuper from pg_roles");
    if (existing.contains(new Existing(facts.role(), true))) {
      throw CannotRehearseException.forGood(
          "the migrations run as %s, which is a superuser on the server for rehearsals: give that another POSTGRES_USER"
              .formatted(facts.role()));
    }
    return existing.stream().map(Existing::role).collect(Collectors.toSet());
  }

  private record Existing(String role, boolean superuser) {}

  private String roles(Set<String> existing) {
    var sql = new ArrayList<String>();
    // whoever may make roles could grant himself those, if they were there
    sql.add(
        "delete from pg_authid where rolname in (%s)"
            .formatted(REACH_OUT.stream().map(r -> "'" + r + "'").collect(joining(", "))));
    for (var role : facts.roles()) {
      if (existing.contains(role.name())) {
        continue;
      }
      var login = role.name().equals(facts.role()) ? " login " : " nologin ";
      sql.add("create role " + name(role.name()) + login + role.attributes());
    }
    var there =
        Stream.concat(facts.roles().stream().map(TargetFacts.Role::name), predefined())
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
    var path =
        Stream.of(
            "alter role %s in database %s set search_path to %s"
                .formatted(name(facts.role()), name(facts.database()), facts.searchPath()));
    return Stream.concat(made, path).collect(joining(";\n"));
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
  public List<String> stubs() throws SQLException {
    try (var admin = admin()) {
      return Sql.rows(
          admin.connection(),
          row -> row.getString(1),
          """
          select extname from pg_extension
           where obj_description(oid, 'pg_extension') like 'stands in for % in a rehearsal: %'
           order by 1
          """);
    }
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

  @Override
  public void close() {
    server.close();
  }
}
