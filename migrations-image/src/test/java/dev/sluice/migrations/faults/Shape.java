package dev.sluice.migrations.faults;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.stream.Collectors;

/** The same twelve steps, as a folder of Drizzle's and as a changelog of Liquibase's. */
enum Shape {
  DRIZZLE("d"),
  LIQUIBASE("root.sql");

  private static final String BREAK = ";\n--> statement-breakpoint\n";

  private final String path;

  Shape(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  void write(TestChangelog changelog) {
    switch (this) {
      case DRIZZLE -> {
        changelog.drizzle(path, Step.ALL.stream().map(Step::name).toArray(String[]::new));
        Step.ALL.forEach(step -> changelog.with(file(step), migration(step)));
      }
      case LIQUIBASE ->
          changelog.sql(Step.ALL.stream().map(Shape::changeSet).collect(Collectors.joining()));
    }
  }

  String file(Step step) {
    return switch (this) {
      case DRIZZLE -> path + "/" + step.name() + ".sql";
      case LIQUIBASE -> path;
    };
  }

  /** As the report names it. */
  String changeSet(String name) {
    return switch (this) {
      case DRIZZLE -> name;
      case LIQUIBASE -> path + "::" + name + "::ann";
    };
  }

  /** The query for the same names. */
  String namesInLedger() {
    return switch (this) {
      case DRIZZLE -> "select regexp_replace(filename, '[.]sql$', '') from databasechangelog";
      case LIQUIBASE -> "select filename || '::' || id || '::' || author from databasechangelog";
    };
  }

  /** Nothing of an earlier run is left. */
  void empty(TestDatabase database) {
    database.execute(
        "drop schema public cascade; create schema public; drop schema if exists drizzle cascade;"
            + " drop schema if exists sluice cascade");
    if (this == DRIZZLE) {
      database.execute(
          "create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key,"
              + " hash text not null, created_at bigint)");
    }
  }

  /** The last but one ends a transaction of its own. */
  private static String migration(Step step) {
    var text = String.join(BREAK, step.parts());
    return switch (step.name()) {
      case "09_unique" -> "-- sluice:no-transaction\n" + text;
      case "10_commits" ->
          step.parts().getFirst() + BREAK + "COMMIT" + BREAK + step.parts().getLast();
      default -> text;
    };
  }

  private static String changeSet(Step step) {
    return "--changeset ann:%s%s\n%s;\n"
        .formatted(
            step.name(),
            step.transactional() ? "" : " runInTransaction:false",
            String.join(";\n", step.parts()));
  }
}
