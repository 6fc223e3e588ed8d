package dev.sluice.migrations.validation;

import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.rehearsal.ScratchServer;
import dev.sluice.migrations.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether the migrations of two branches make the same schema in either order. */
public sealed interface Commutation {
  record Same() implements Commutation {}

  /** What the branch has, after all that the other has; it will run so. */
  record FailsAfter(Failure failure) implements Commutation {}

  /** Where the branch's own ran first, as in a database that is further already. */
  record FailsBefore(Failure failure) implements Commutation {}

  /** {@code changes}: what the usual order makes of the other's schema, a sentence each. */
  record Differs(List<String> changes) implements Commutation {
    public Differs {
      changes = List.copyOf(changes);
    }
  }

  /** Both orders, each in a database of its own. */
  static Commutation of(
      Branches branches,
      ScratchServer server,
      Engines engines,
      Map<String, String> parameters,
      RunContext context)
      throws SQLException, IOException, CannotRehearseException {
    var folder = branches.theirFolder().or(branches::myFolder).orElseThrow();
    var theirs =
        branches.theirFolder().stream()
            .flatMap(one -> one.migrations().stream())
            .filter(migration -> !migration.isRepeatable())
            .filter(migration -> !branches.theirNew().contains(migration))
            .toList();
    var usual = new Order(branches, folder, theirs, branches.theirNew(), branches.myNew());
    var other = new Order(branches, folder, theirs, branches.myNew(), branches.theirNew());
    var after = usual.replayed("usual", server, engines, parameters, context);
    if (after.failure().isPresent()) {
      return new FailsAfter(after.failure().get());
    }
    var before = other.replayed("other", server, engines, parameters, context);
    if (before.failure().isPresent()) {
      return new FailsBefore(before.failure().get());
    }
    var changes = schema(server, "other").changesTo(schema(server, "usual"));
    return changes.isEmpty() ? new Same() : new Differs(changes);
  }

  private static Schema schema(ScratchServer server, String database) throws SQLException {
    try (var session = server.admin(database)) {
      return Schema.of(session);
    }
  }

  /** All migrations in an order of their own, whatever they are numbered by. */
  record Order(
      Branches branches,
      Folder folder,
      List<Migration> began,
      List<Migration> first,
      List<Migration> second) {
    private static final String PATH = "order";
    private static final LocalDateTime BEGIN = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private ScratchServer.Replayed replayed(
        String database,
        ScratchServer server,
        Engines engines,
        Map<String, String> parameters,
        RunContext context)
        throws SQLException, IOException, CannotRehearseException {
      var root = Files.createTempDirectory("sluice-order-");
      try {
        tree().writeTo(root.resolve(PATH));
        var changelog = new Changelog(root, PATH, List.of(), "", "", parameters);
        return server.replayed(database, changelog, engines, context, false);
      } finally {
        Branches.delete(root);
      }
    }

    private FileTree tree() {
      var files = new TreeMap<String, byte[]>();
      var isFlyway = folder.layout() == Layout.FLYWAY;
      if (isFlyway) {
        // its settings, what is repeatable, callbacks
        files.putAll(branches.theirs().files());
        files.putAll(branches.mine().files());
        files.keySet().removeIf(this::hasVersion);
      }
      var number = 0;
      for (var migration : Stream.of(began, first, second).flatMap(List::stream).toList()) {
        number++;
        var name = isFlyway ? flyway(number, migration) : drizzle(number, migration);
        var tree = branches.myNew().contains(migration) ? branches.mine() : branches.theirs();
        tree.file(migration.file()).ifPresent(text -> files.put(name, text));
        tree.file(migration.file() + ".conf").ifPresent(text -> files.put(name + ".conf", text));
      }
      return new FileTree(files).without("sluice.sum");
    }

    private boolean hasVersion(String name) {
      var script = name.endsWith(".conf") ? name.substring(0, name.length() - 5) : name;
      return folder.isVersioned(script) || folder.baselineOf(script).isPresent();
    }

    private static String drizzle(int number, Migration migration) {
      var name = migration.name().replace('/', '_');
      var time = BEGIN.plusSeconds(number);
      return "%s_%s/migration.sql".formatted(TIME.format(time), name);
    }

    private String flyway(int number, Migration migration) {
      var naming = folder.scripts().naming();
      var ending =
          naming.suffixes().stream().filter(migration.file()::endsWith).findFirst().orElse(".sql");
      return naming.versioned()
          + number
          + naming.separator()
          + migration.name().replace('/', '_')
          + ending;
    }
  }
}
