package dev.sluice.migrations.rehearsal;

import static java.util.stream.Collectors.joining;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an empty database that is to the migrations like the one that they are for. */
record RehearsalDatabase(RehearsalServer server, TargetFacts facts) {
  /** Their members read the server's files, and start programs of its. */
  private static final List<String> REACH_OUT =
      List.of(
          "pg_execute_server_program",
          "pg_read_server_files",
          "pg_write_server_files",
          "pg_create_subscription");

  /** {@code schemas}: those that a run expects to be there. */
  void make(List<String> schemas) throws SQLException {
    try (var admin = server.admin(server.firstDatabase())) {
      Sql.execute(admin.connection(), roles());
      Sql.execute(
          admin.connection(),
          "create database %s owner %s".formatted(name(facts.database()), name(facts.role())));
    }
    try (var admin = server.admin(facts.database())) {
      Sql.execute(admin.connection(), rights(schemas));
    }
  }

  private String roles() {
    var sql = new ArrayList<String>();
    // whoever may make roles could grant himself those, if they were there
    sql.add(
        "delete from pg_authid where rolname in (%s)"
            .formatted(REACH_OUT.stream().map(r -> "'" + r + "'").collect(joining(", "))));
    for (var role : facts.roles()) {
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

  /** As the role that the migrations run as. */
  Session session(SessionSettings settings) throws SQLException {
    return server.session(facts.database(), facts.role(), settings);
  }
}
