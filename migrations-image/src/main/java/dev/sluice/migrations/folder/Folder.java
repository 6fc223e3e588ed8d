package dev.sluice.migrations.folder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that could be read, its migrations in order.
 *
 * @param scripts what a Flyway folder has beside them
 * @param warnings what is odd, and no obstacle
 * @param strays SQL files that are no migration, a sentence each
 * @param hasSums whether {@code sluice.sum} is there; then every file is as it says
 */
public record Folder(
    String path,
    Layout layout,
    List<Migration> migrations,
    FlywayScripts scripts,
    List<String> warnings,
    List<String> strays,
    boolean hasSums) {
  public Folder {
    migrations = List.copyOf(migrations);
    warnings = List.copyOf(warnings);
    strays = List.copyOf(strays);
  }

  /** A migration names the user, the time, or another value of the session. */
  public boolean namesTheSession() {
    return Stream.of(migrations.stream(), baselines().stream(), callbacks())
        .flatMap(files -> files)
        .anyMatch(m -> m.placeholders().ofSession());
  }

  /** A run has something to do whenever it comes: more than its files decides that. */
  public boolean alwaysRuns() {
    return !scripts.callbacks().isEmpty()
        || migrations.stream().anyMatch(m -> m.isRepeatable() && m.placeholders().ofSession());
  }

  public List<Migration> baselines() {
    return scripts.baselines();
  }

  /** The scripts of all callbacks. */
  public Stream<Migration> callbacks() {
    return scripts.callbacks().stream().map(Callback::script);
  }

  public List<Migration> callbacks(CallbackEvent event) {
    return scripts.callbacks().stream()
        .filter(callback -> callback.event() == event)
        .map(Callback::script)
        .toList();
  }

  /** With what runs before and after each migration, as a part of it. */
  public Migration withCallbacks(Migration migration) {
    return migration.between(
        callbacks(CallbackEvent.BEFORE_EACH_MIGRATE), callbacks(CallbackEvent.AFTER_EACH_MIGRATE));
  }

  /** As it is for a database that begins with that script: nothing before it runs. */
  public Folder begunWith(Migration baseline) {
    return baseline.tool() instanceof ToolIdentity.Flyway flyway && flyway.version() != null
        ? begunAt(flyway.version(), Stream.of(baseline))
        : this;
  }

  /** The same where the script isn't there any more. */
  public Folder begunAt(String version) {
    return begunAt(version, Stream.of());
  }

  private Folder begunAt(String version, Stream<Migration> first) {
    var rest =
        migrations.stream()
            .filter(
                m -> !(m.tool() instanceof ToolIdentity.Flyway flyway) || !flyway.isUpTo(version));
    return new Folder(
        path,
        layout,
        Stream.concat(first, rest).toList(),
        new FlywayScripts(
            List.of(),
            scripts.callbacks(),
            scripts.schemas(),
            scripts.makesSchemas(),
            scripts.table(),
            scripts.naming()),
        warnings,
        strays,
        hasSums);
  }

  /** The version of a baseline script of Flyway's by that name, be it there or not. */
  public Optional<FlywayVersion> baselineOf(String file) {
    return FlywayName.of(file, scripts.naming())
        .filter(FlywayName::isBaseline)
        .map(FlywayName::version);
  }

  /** It is named as a script of Flyway's that has a version, be it there or not. */
  public boolean isVersioned(String file) {
    return versionOf(file).isPresent();
  }

  /** Of a script of Flyway's by that name, be it there or not. */
  public Optional<FlywayVersion> versionOf(String file) {
    return FlywayName.of(file, scripts.naming()).map(FlywayName::version);
  }

  /** The versions that baseline scripts of Flyway's bring a database to. */
  public List<FlywayVersion> baselineVersions() {
    return baselines().stream().flatMap(script -> baselineOf(script.file()).stream()).toList();
  }

  /** What a run says about it. */
  public List<String> remarks() {
    return Stream.concat(strays.stream(), warnings.stream()).toList();
  }

  /** Below the root, of a file that may be there no longer. */
  public String pathOf(String file) {
    return migrations.stream()
        .filter(migration -> migration.file().equals(file))
        .map(Migration::path)
        .findFirst()
        .orElse(prefix() + file);
  }

  /** What the path of each of its files begins with, below the root. */
  public String prefix() {
    return prefix(path);
  }

  static String prefix(String path) {
    return path.isEmpty() ? "" : path + "/";
  }
}
