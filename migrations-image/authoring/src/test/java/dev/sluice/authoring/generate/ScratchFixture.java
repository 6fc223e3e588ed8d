package dev.sluice.authoring.generate;

import dev.sluice.authoring.loss.AllowedLosses;
import dev.sluice.authoring.rename.Asking;
import dev.sluice.authoring.rename.SchemaHint;
import dev.sluice.authoring.rename.Settlements;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.PostgresHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server for many generations, and a folder for each. */
final class ScratchFixture implements AutoCloseable {
  private static final int NEWEST = 18;
  private static final String CHECK = "check";
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

  private final PostgresHome home = PostgresHome.of(System.getenv());
  private final RunContext context = new RunContext(new Stop(Deadline.in(Duration.ZERO)), _ -> {});
  private final Scratch scratch;

  ScratchFixture() throws CannotRehearseException {
    scratch = Scratch.starting(home, Integer.getInteger("sluice.postgres", NEWEST), context.stop());
  }

  static boolean isPossible() {
    return !PostgresHome.of(System.getenv()).majors().isEmpty();
  }

  /** What is asked for, with what is usual. */
  record Wish(
      Path root,
      String schema,
      List<String> renames,
      List<String> allowed,
      boolean findRenames,
      boolean plain,
      boolean dryRun,
      Layout layout) {
    static Wish of(Path root, String schema) {
      return new Wish(
          root, schema, List.of(), List.of(), true, false, false, Layout.DRIZZLE_JOURNAL);
    }

    Wish renamed(List<String> said) {
      return new Wish(root, schema, said, allowed, findRenames, plain, dryRun, layout);
    }

    Wish allowing(List<String> objects) {
      return new Wish(root, schema, renames, objects, findRenames, plain, dryRun, layout);
    }

    Wish withoutRenames() {
      return new Wish(root, schema, renames, allowed, false, plain, dryRun, layout);
    }

    Wish plainly() {
      return new Wish(root, schema, renames, allowed, findRenames, true, dryRun, layout);
    }

    Wish dry() {
      return new Wish(root, schema, renames, allowed, findRenames, plain, true, layout);
    }

    Wish in(Layout other) {
      return new Wish(root, schema, renames, allowed, findRenames, plain, dryRun, other);
    }
  }

  Generated generated(Wish wish) {
    var settlements =
        new Settlements(
            wish.renames().stream().map(Settlements::saying).flatMap(Optional::stream).toList(),
            SchemaHint.in(wish.schema()),
            wish.allowed());
    var request =
        new GenerateRequest(
            wish.root(),
            "db",
            wish.layout(),
            Map.of(),
            new MigrationName("change"),
            wish.schema(),
            "schema.sql",
            null,
            wish.findRenames(),
            settlements,
            Asking.NOBODY,
            new AllowedLosses(wish.allowed()),
            wish.plain(),
            wish.dryRun());
    return new Generation(request, home, context).result(scratch, NOW);
  }

  /** What a folder makes, from nothing. */
  List<String> dumpOfFolder(Path root) throws SQLException, CannotRehearseException {
    var changelog = new Changelog(root, "db", List.of(), "", "", Map.of());
    var replayed = scratch.replayed(CHECK, changelog, context);
    if (replayed.failure().isPresent()) {
      throw new AssertionError(replayed.failure().get().toString());
    }
    return dump(CHECK);
  }

  List<String> dumpOfWanted() throws SQLException {
    return dump(Scratch.WANTED);
  }

  private List<String> dump(String database) throws SQLException {
    try (var admin = scratch.admin(database)) {
      return SchemaDump.of(admin.connection());
    }
  }

  /** On what the folder made. */
  String value(String query) throws SQLException {
    try (var admin = scratch.admin(CHECK)) {
      return String.valueOf(
          Sql.rows(admin.connection(), row -> row.getString(1), query).getFirst());
    }
  }

  /** The first migration of a folder of that layout. */
  static void put(Path root, Layout layout, String sql) throws IOException {
    var file =
        root.resolve("db")
            .resolve(
                switch (layout) {
                  case DRIZZLE_JOURNAL -> "0000_init.sql";
                  case DRIZZLE_FOLDERS -> "20250101000000_init/migration.sql";
                  case FLYWAY -> "V1__init.sql";
                });
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
    if (layout == Layout.DRIZZLE_JOURNAL) {
      var journal = root.resolve("db/meta/_journal.json");
      Files.createDirectories(journal.getParent());
      Files.writeString(
          journal,
          """
          {"version":"7","dialect":"postgresql","entries":[
           {"idx":0,"version":"7","when":1700000000000,"tag":"0000_init","breakpoints":true}]}
          """);
    }
  }

  @Override
  public void close() {
    scratch.close();
  }
}
