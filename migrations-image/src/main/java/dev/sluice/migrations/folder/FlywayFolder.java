package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Flyway: versioned migrations by their version, then the repeatable ones by their description. */
final class FlywayFolder {
  static final int DEPTH = 32;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern PLACEHOLDER_NAME = Pattern.compile("\\$\\{[\\w.:-]{1,64}}");
  private static final int LONGEST_DESCRIPTION = 200;

  private FlywayFolder() {}

  static FolderListing in(FolderFiles files) throws IOException {
    var warnings = new ArrayList<String>();
    var strays = new ArrayList<String>();
    var versioned = new TreeMap<FlywayVersion, FlywayName>();
    var repeatable = new TreeMap<String, FlywayName>();
    for (var script : scripts(files)) {
      var name = FlywayName.of(script);
      if (name.isPresent()) {
        var version = name.get().version();
        var twin =
            version == null
                ? repeatable.put(name.get().description(), name.get())
                : versioned.put(version, name.get());
        if (twin != null) {
          throw files.refused(
              script,
              "has the " + (version == null ? "description" : "version") + " of " + twin.script(),
              "give one of them another");
        }
      } else if (FlywayName.isForFlywayOnly(script)) {
        throw files.refused(
            script,
            "is a callback or a baseline migration, which only Flyway runs",
            "take it out of the folder, or make a repeatable migration of it");
      } else if (script.endsWith(".conf") && !isConfig(script)) {
        warnings.add(
            files.prefix() + script + ": isn't read; Flyway's name for it ends in .sql.conf");
      } else if (FolderFiles.isSql(script)) {
        strays.add(
            files.prefix()
                + script
                + ": is named neither V1__name.sql nor R__name.sql, so it is no migration");
      }
    }
    files.foldersNamedAsSql(DEPTH).stream()
        .map(name -> files.prefix() + name + ": is a folder, so it is no migration; its files are")
        .forEach(warnings::add);
    var all = new ArrayList<>(versioned.values());
    all.addAll(
        repeatable.values().stream()
            .sorted(Comparator.comparing(FlywayName::description))
            .toList());
    var migrations = new ArrayList<Migration>();
    for (var name : all) {
      migrations.add(migration(files, name));
    }
    return new FolderListing(migrations, warnings, strays);
  }

  /** Flyway looks into no hidden folder. */
  static List<String> scripts(FolderFiles files) throws IOException {
    return files.names(DEPTH).stream().filter(name -> !FolderFiles.isInHiddenFolder(name)).toList();
  }

  private static boolean isConfig(String script) {
    return FolderFiles.isSql(script.substring(0, script.length() - ".conf".length()));
  }

  private static Migration migration(FolderFiles files, FlywayName name) throws IOException {
    var text = files.text(name.script());
    var config = FlywayConfig.of(files, name.script());
    var placeholder = PLACEHOLDER.matcher(text);
    if (config.placeholders() && placeholder.find()) {
      throw files.refused(
          name.script(),
          "has the placeholder " + named(placeholder.group()) + ", and nothing is put in for those",
          "write its value, or say placeholderReplacement=false in " + name.script() + ".conf");
    }
    var start = SourcePosition.startOf(files.path(name.script()));
    var scan = SqlScan.of(FileDigests.withoutMark(text), start);
    var mode =
        config.inTransaction() ? TransactionModes.of(List.of(scan)) : TransactionMode.AUTOCOMMIT;
    var checksum = FileDigests.flyway(text);
    var version = name.version();
    var description = name.description();
    return new Migration(
        files.path(name.script()),
        files.file(name.script()),
        "crc32:" + checksum,
        mode,
        TransactionModes.isolation(List.of(scan)),
        chunks(scan, mode, start),
        new ToolIdentity.Flyway(
            version == null ? null : version.text(),
            description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, LONGEST_DESCRIPTION - 3) + "...",
            name.script(),
            checksum));
  }

  /** Between braces may be any SQL, which isn't repeated. */
  private static String named(String placeholder) {
    return PLACEHOLDER_NAME.matcher(placeholder).matches() ? placeholder : "${…}";
  }

  /** The whole file at once where one transaction holds it; else one statement after the other. */
  private static List<Chunk> chunks(SqlScan scan, TransactionMode mode, SourcePosition start) {
    return mode == TransactionMode.TRANSACTION
        ? List.of(Chunk.of(scan, start))
        : scan.statements().stream().map(Chunk::of).toList();
  }
}
