package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code flyway.toml} or {@code flyway.conf} in a folder tells Flyway. What would change which
 * statements run, and isn't read here, is refused by name.
 *
 * @param file that file, below the root; empty when there is none
 * @param values by Flyway's names, without {@code flyway.}
 */
record FlywaySettings(String file, Map<String, String> values, Map<String, String> placeholders) {
  static final List<String> FILES = List.of("flyway.toml", "flyway.conf");
  private static final String PLACEHOLDER = "placeholders.";

  private static final Set<String> READ =
      Set.of(
          "placeholderPrefix",
          "placeholderSuffix",
          "placeholderReplacement",
          "sqlMigrationPrefix",
          "repeatableSqlMigrationPrefix",
          "baselineMigrationPrefix",
          "sqlMigrationSeparator",
          "sqlMigrationSuffixes",
          "executeInTransaction",
          "createSchemas",
          "defaultSchema",
          "schemas",
          "table");

  /** Said elsewhere here, or of no account for what migrates. */
  private static final Set<String> OF_NO_ACCOUNT =
      Set.of(
          "url",
          "user",
          "password",
          "driver",
          "connectRetries",
          "connectRetriesInterval",
          "lockRetryCount",
          "cleanDisabled",
          "cleanOnValidationError",
          "tablespace",
          "validateOnMigrate",
          "validateMigrationNaming",
          "undoSqlMigrationPrefix",
          "installedBy",
          "mixed",
          "batch",
          "stream",
          "loggers",
          "color",
          "outputQueryResults",
          "outputProgress",
          "workingDirectory",
          "locations",
          "failOnMissingLocations",
          "jarDirs",
          "reportEnabled",
          "reportFilename",
          "environment",
          "id",
          "name",
          "databaseType",
          "communityDBSupportEnabled",
          "postgresql.transactional.lock",
          "email",
          "token",
          "licenseKey",
          "provisionMode");

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "outOfOrder", "here it is policy.outOfOrder",
          "ignoreMigrationPatterns", "here it is policy.missing",
          "baselineOnMigrate", "here it is baseline.to",
          "baselineVersion", "here it is baseline.to",
          "baselineDescription", "here it is baseline.to",
          "group", "here each migration has a transaction of its own");

  FlywaySettings {
    values = Map.copyOf(values);
    placeholders = Map.copyOf(placeholders);
  }

  static FlywaySettings of(FolderFiles files) throws IOException {
    for (var file : FILES) {
      if (files.has(file)) {
        return of(files, file);
      }
    }
    return new FlywaySettings("", Map.of(), Map.of());
  }

  private static FlywaySettings of(FolderFiles files, String file) throws IOException {
    var text = FileDigests.withoutMark(files.text(file));
    var all = file.endsWith(".toml") ? FlywayToml.of(files, file, text) : FlywayConf.of(text);
    var values = new HashMap<String, String>();
    var placeholders = new HashMap<String, String>();
    all.forEach((key, value) -> {
      if (key.startsWith(PLACEHOLDER)) {
        placeholders.put(key.substring(PLACEHOLDER.length()), value);
      } else {
        values.put(key, value);
      }
    });
    var unknown =
        new TreeSet<>(values.keySet())
            .stream().filter(key -> !isKnown(key, values.get(key))).findFirst();
    if (unknown.isPresent()) {
      throw files.refused(
          file,
          "says " + shown(unknown.get()) + ", which isn't read here",
          "leave it out; read are " + String.join(", ", new TreeSet<>(READ)) + " and placeholders");
    }
    for (var key : READ) {
      if (values.getOrDefault(key, "").contains("${")) {
        throw files.refused(
            file, "refers to another value in " + key + ", which only Flyway looks up", "write it");
      }
    }
    var settings = new FlywaySettings(files.path(file), values, placeholders);
    if (!settings.naming().isUnambiguous()) {
      throw files.refused(
          file, "has an empty separator, or one prefix twice", "give each kind of script its own");
    }
    return settings;
  }

  /** Only Flyway looks up what it refers to, unless the run gives another value. */
  void refuseReferences(Placeholders ofRun) {
    for (var placeholder : placeholders.entrySet()) {
      if (placeholder.getValue().contains("${")
          && !ofRun.given().containsKey(placeholder.getKey())) {
        throw new FolderRefusedException(
            file,
            "%s refers to another value in placeholders.%s, which only Flyway looks up"
                .formatted(file, placeholder.getKey()),
            "give it in changelog.parameters");
      }
    }
  }

  private static boolean isKnown(String key, @Nullable String value) {
    return READ.contains(key)
        || OF_NO_ACCOUNT.contains(key)
        || ELSEWHERE.containsKey(key)
        || key.startsWith("jdbcProperties.")
        || (key.equals("encoding") && "UTF-8".equalsIgnoreCase(value));
  }

  /** Another text isn't repeated: it may be a value. */
  private static String shown(String key) {
    return key.matches("[A-Za-z][A-Za-z0-9.]{0,80}") ? key : "something";
  }

  static boolean isFile(String script) {
    return FILES.contains(script);
  }

  boolean isThere() {
    return !file.isEmpty();
  }

  /** What has its place in the spec of the resource, a sentence each. */
  Stream<String> remarks() {
    return new TreeSet<>(values.keySet())
        .stream()
            .filter(ELSEWHERE::containsKey)
            .map(key -> file + ": " + key + " isn't read; " + ELSEWHERE.get(key));
  }

  FlywayNaming naming() {
    return FlywayNaming.of(values);
  }

  /** Those of the run win. */
  Placeholders with(Placeholders ofRun) {
    var all = new HashMap<>(placeholders);
    all.keySet().removeIf(name -> ofRun.given().containsKey(name));
    all.putAll(ofRun.given());
    return new Placeholders(
        values.getOrDefault("placeholderPrefix", ofRun.prefix()),
        values.getOrDefault("placeholderSuffix", ofRun.suffix()),
        all,
        ofRun.ofSession());
  }

  FlywayConfig ofScripts() {
    return new FlywayConfig(isOn("executeInTransaction"), isOn("placeholderReplacement"), UTF_8);
  }

  private boolean isOn(String key) {
    return !"false".equalsIgnoreCase(values.get(key));
  }

  /** Those that Flyway makes; it works in the first one, and keeps its history there. */
  List<String> schemas() {
    return allSchemas().toList();
  }

  /** Unless {@code createSchemas} is false. */
  boolean makesSchemas() {
    return isOn("createSchemas");
  }

  private Stream<String> allSchemas() {
    return Stream.concat(
            Stream.ofNullable(values.get("defaultSchema")),
            FlywayNaming.list(values.getOrDefault("schemas", "")).stream())
        .distinct();
  }

  @Nullable String table() {
    return values.get("table");
  }
}
