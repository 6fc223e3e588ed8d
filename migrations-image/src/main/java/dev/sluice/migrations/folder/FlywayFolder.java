package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Flyway: versioned migrations by their version, then the repeatable ones by their description. */
final class FlywayFolder {
  static final int DEPTH = 32;

  private final List<FolderFiles> locations;
  private final FlywaySettings settings;
  private final FlywayNaming naming;
  private final Placeholders placeholders;
  private final TreeMap<FlywayVersion, Found> versioned = new TreeMap<>();
  private final TreeMap<FlywayVersion, Found> baselines = new TreeMap<>();
  private final TreeMap<String, Found> repeatable = new TreeMap<>();
  private final List<Callback> callbacks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> strays = new ArrayList<>();

  /** A script, in one of the locations. */
  private record Found(FolderFiles files, FlywayName name) {}

  private FlywayFolder(
      List<FolderFiles> locations, FlywaySettings settings, Placeholders placeholders) {
    this.locations = locations;
    this.settings = settings;
    this.naming = settings.naming();
    this.placeholders = settings.with(placeholders);
  }

  /** It has Flyway's settings, or names that are made as Flyway's are. */
  static boolean isOne(FolderFiles files) throws IOException {
    var settings = FlywaySettings.of(files);
    return settings.isThere()
        || scripts(files).stream().anyMatch(name -> FlywayName.isLike(name, settings.naming()));
  }

  /** The settings are those of the first location that has any. */
  static FolderListing in(List<FolderFiles> locations, Placeholders placeholders)
      throws IOException {
    var settings = FlywaySettings.of(locations.getFirst());
    for (var files : locations) {
      settings = settings.isThere() ? settings : FlywaySettings.of(files);
    }
    settings.refuseReferences(placeholders);
    return new FlywayFolder(locations, settings, placeholders).listing();
  }

  private FolderListing listing() throws IOException {
    for (var files : locations) {
      for (var script : scripts(files)) {
        sort(files, script);
      }
      files.foldersNamedAsSql(DEPTH).stream()
          .map(
              name -> files.prefix() + name + ": is a folder, so it is no migration; its files are")
          .forEach(warnings::add);
    }
    // wherever they are in the folder
    callbacks.sort(Comparator.comparing(callback -> FlywayName.fileName(callback.script().file())));
    settings.remarks().forEach(warnings::add);
    var all = new ArrayList<>(versioned.values());
    all.addAll(
        repeatable.values().stream()
            .sorted(Comparator.comparing(found -> found.name().description()))
            .toList());
    return new FolderListing(
        read(all),
        new FlywayScripts(
            read(baselines.values()),
            callbacks,
            settings.schemas(),
            settings.makesSchemas(),
            settings.table(),
            naming),
        warnings,
        strays);
  }

  private void sort(FolderFiles files, String script) throws IOException {
    var name = FlywayName.of(script, naming);
    if (name.isPresent()) {
      add(new Found(files, name.get()));
    } else if (FlywayName.callback(script, naming).filter(CallbackEvent::isOne).isPresent()) {
      callback(files, script);
    } else if (script.endsWith(".conf") && !isConfig(script)) {
      warnings.add(
          files.prefix() + script + ": isn't read; Flyway's name for it ends in .sql.conf");
    } else if (FolderFiles.isSql(script)) {
      strays.add(
          "%s%s: is named neither %s1%sname.sql nor %s%sname.sql, so it is no migration"
              .formatted(
                  files.prefix(),
                  script,
                  naming.versioned(),
                  naming.separator(),
                  naming.repeatable(),
                  naming.separator()));
    }
  }

  private void add(Found found) {
    var name = found.name();
    var version = name.version();
    var twin =
        version == null
            ? repeatable.put(name.description(), found)
            : (name.isBaseline() ? baselines : versioned).put(version, found);
    if (twin != null) {
      throw found
          .files()
          .refused(
              name.script(),
              "has the "
                  + (version == null ? "description" : "version")
                  + " of "
                  + (locations.size() == 1
                      ? twin.name().script()
                      : twin.files().path(twin.name().script())),
              "give one of them another");
    }
  }

  private List<Migration> read(Collection<Found> all) throws IOException {
    var migrations = new ArrayList<Migration>();
    for (var found : all) {
      migrations.add(read(found));
    }
    return migrations;
  }

  private Migration read(Found found) throws IOException {
    return new FlywayScript(found.files(), settings.ofScripts(), placeholders).read(found.name());
  }

  private void callback(FolderFiles files, String script) throws IOException {
    var word = FlywayName.callback(script, naming).orElseThrow();
    if (CallbackEvent.isOfAnotherCommand(word)) {
      return;
    }
    var name = naming.base(FlywayName.fileName(script));
    for (var other : callbacks) {
      if (Objects.equals(name, naming.base(FlywayName.fileName(other.script().file())))) {
        throw files.refused(
            script,
            "is a callback of the same name as " + other.script().path(),
            "give one of them another description");
      }
    }
    var event =
        CallbackEvent.of(word)
            .orElseThrow(() ->
                files.refused(
                    script,
                    "is a callback for " + word + ", which isn't run here",
                    "take it out of the folder; those that are: "
                        + Arrays.stream(CallbackEvent.values())
                            .map(CallbackEvent::word)
                            .collect(Collectors.joining(", "))));
    callbacks.add(
        new Callback(event, read(new Found(files, new FlywayName(script, null, script, false)))));
  }

  /** Flyway looks into no hidden folder. */
  static List<String> scripts(FolderFiles files) throws IOException {
    return files.names(DEPTH).stream().filter(name -> !FolderFiles.isInHiddenFolder(name)).toList();
  }

  private boolean isConfig(String script) {
    return FlywaySettings.isFile(script)
        || naming.base(script.substring(0, script.length() - ".conf".length())) != null;
  }
}
