package dev.sluice.authoring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.authoring.write.FolderEdit;
import dev.sluice.authoring.write.MigrationName;
import dev.sluice.authoring.write.WritableFolder;
import dev.sluice.authoring.write.WriteRefusedException;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.rehearsal.CannotRehearseException;
import dev.sluice.migrations.validation.Branches;
import dev.sluice.migrations.validation.FileTree;
import dev.sluice.migrations.validation.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One baseline script of Flyway's for all migrations up to a version.
 *
 * <ol>
 *   <li>replay what is up to there, and write its schema as a script
 *   <li>replay the folder as it is, and as it will be: both must make the same schema
 * </ol>
 *
 * A database that has the old ones runs nothing of it; a new one begins with it.
 */
public final class Squash {
  private static final String OLD = "old";
  private static final String PATH = "folder";

  private final WritableFolder target;
  private final Folder folder;
  private final Map<String, String> parameters;

  /**
   * What is to be written.
   *
   * @param old files that the script stands for, with their content
   */
  public record Squashed(FolderEdit edit, FileTree old, String by) {}

  public Squash(WritableFolder target, Map<String, String> parameters) {
    this.target = target;
    this.folder = target.folder();
    this.parameters = Map.copyOf(parameters);
  }

  /**
   * The script and what goes for it; nothing is written yet.
   *
   * @param to the last migration that it stands for: its file, its name, or its version
   * @param withoutRows also where the old ones leave rows, which the script hasn't got
   */
  public Squashed squashed(
      String to, MigrationName name, boolean withoutRows, Scratch scratch, RunContext context)
      throws WriteRefusedException,
          SQLException,
          IOException,
          CannotRehearseException,
          CannotCompareException {
    if (folder.layout() != Layout.FLYWAY) {
      throw new WriteRefusedException(
          "only folders of Flyway have baseline scripts, which a database that has the old"
              + " migrations passes over; one of Drizzle's would run in it",
          "keep the old migrations: sluice dev and a new database take them in a moment");
    }
    var version = version(to);
    var tree = FileTree.of(target.root().resolve(folder.path())).without("sluice.sum");
    var before = tree;
    var old = new FileTree(new TreeMap<>());
    for (var file : tree.files().entrySet()) {
      if (isUpTo(file.getKey(), version)) {
        old = old.with(file.getKey(), file.getValue());
        tree = tree.without(file.getKey());
      } else if (!isSetting(file.getKey())) {
        before = before.without(file.getKey());
      }
    }
    replayed(OLD, before, scratch, context);
    var rows = tablesWithRows(scratch);
    if (!rows.isEmpty() && !withoutRows) {
      throw new WriteRefusedException(
          "the migrations leave rows in " + String.join(", ", rows),
          "write these into a migration after it, and squash --without-rows");
    }
    var live = new LiveSchema(scratch.source(OLD), scratch.server().libpq(OLD), scratch.major());
    var script = SchemaScript.of(live, scratch, true, context);
    var file = file(to(version), name);
    tree = tree.with(file, script.sql().getBytes(UTF_8));
    var whole =
        schema("whole", FileTree.of(target.root().resolve(folder.path())), scratch, context);
    var changes = whole.changesTo(schema("squashed", tree, scratch, context));
    if (!changes.isEmpty()) {
      throw new WriteRefusedException(
          "the squashed folder doesn't make the same schema: it " + String.join(", it ", changes),
          "write the baseline by hand, or squash up to an earlier migration");
    }
    var written = new LinkedHashMap<String, String>();
    written.put(file, script.sql());
    var edit = new FolderEdit(written, List.copyOf(old.names()), List.of(Migration.nameOf(file)));
    return new Squashed(target.withSums(edit), old, script.by());
  }

  private FlywayVersion version(String to) throws WriteRefusedException {
    var asked = FlywayVersion.of(to);
    for (var migration : folder.migrations()) {
      var own = folder.versionOf(migration.file());
      if (own.isPresent()
          && (Stream.of(migration.file(), migration.name()).anyMatch(to::equals)
              || asked.filter(version -> version.compareTo(own.get()) == 0).isPresent())) {
        return own.get();
      }
    }
    throw new WriteRefusedException(
        "--to names no migration of the folder that has a version: " + to,
        "as in "
            + folder.migrations().stream()
                .filter(migration -> folder.versionOf(migration.file()).isPresent())
                .map(Migration::name)
                .reduce((_, last) -> last)
                .orElse("V3__name"));
  }

  /** As it is written in the name of its file. */
  private String to(FlywayVersion version) {
    return folder.migrations().stream()
        .map(Migration::tool)
        .map(tool -> tool instanceof ToolIdentity.Flyway flyway ? flyway.version() : null)
        .flatMap(text -> Optional.ofNullable(text).stream())
        .filter(text -> FlywayVersion.areSame(text, version.text()))
        .findFirst()
        .orElse(version.text());
  }

  private String file(String version, MigrationName name) {
    var naming = folder.scripts().naming();
    return naming.baseline()
        + version
        + naming.separator()
        + name.words().replace('-', '_')
        + naming.suffixes().getFirst();
  }

  /** With the settings of a script. */
  private boolean isUpTo(String file, FlywayVersion last) {
    var script = script(file);
    return folder
        .versionOf(script)
        .or(() -> folder.baselineOf(script))
        .filter(own -> own.compareTo(last) <= 0)
        .isPresent();
  }

  private static String script(String file) {
    return file.endsWith(".conf") ? file.substring(0, file.length() - ".conf".length()) : file;
  }

  /** Neither a migration nor a callback. */
  private static boolean isSetting(String file) {
    return !script(file).endsWith(".sql");
  }

  private Schema schema(String database, FileTree tree, Scratch scratch, RunContext context)
      throws WriteRefusedException, SQLException, IOException, CannotRehearseException {
    replayed(database, tree, scratch, context);
    try (var session = scratch.admin(database)) {
      return Schema.of(session);
    }
  }

  private void replayed(String database, FileTree tree, Scratch scratch, RunContext context)
      throws WriteRefusedException, SQLException, IOException, CannotRehearseException {
    var root = Files.createTempDirectory("sluice-squash-");
    try {
      tree.without("sluice.sum").writeTo(root.resolve(PATH));
      var changelog = new Changelog(root, PATH, List.of(), "", "", parameters);
      var failure = scratch.replayed(database, changelog, context).failure();
      if (failure.isPresent()) {
        throw new WriteRefusedException(
            failure.get().changeSet() + " fails: " + failure.get().message(),
            "see sluice rehearse");
      }
    } finally {
      Branches.delete(root);
    }
  }

  private static List<String> tablesWithRows(Scratch scratch) throws SQLException {
    try (var session = scratch.admin(OLD)) {
      var tables =
          Sql.rows(
              session.connection(),
              row -> row.getString(1),
              """
              select format('%I.%I', n.nspname, c.relname)
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                 and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                                    and d.objid = c.oid and d.deptype = 'e')
               order by 1
              """);
      var found = new ArrayList<String>();
      for (var table : tables) {
        if (Sql.rows(
                session.connection(),
                row -> row.getBoolean(1),
                "select exists (select from " + table + ")")
            .getFirst()) {
          found.add(table);
        }
      }
      return found;
    }
  }
}
