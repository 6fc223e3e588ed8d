package dev.sluice.migrations.folder;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the names of a Flyway folder's files are made; the suffixes count in capitals too. */
public record FlywayNaming(
    String versioned, String repeatable, String baseline, String separator, List<String> suffixes) {
  public FlywayNaming {
    suffixes = List.copyOf(suffixes);
  }

  static FlywayNaming of(Map<String, String> settings) {
    return new FlywayNaming(
        settings.getOrDefault("sqlMigrationPrefix", "V"),
        settings.getOrDefault("repeatableSqlMigrationPrefix", "R"),
        settings.getOrDefault("baselineMigrationPrefix", "B"),
        settings.getOrDefault("sqlMigrationSeparator", "__"),
        list(settings.getOrDefault("sqlMigrationSuffixes", ".sql")));
  }

  static final FlywayNaming USUAL = of(Map.of());

  /** The file's name without its suffix; null when it has none of them. */
  @Nullable String base(String name) {
    for (var suffix : suffixes) {
      var at = name.length() - suffix.length();
      if (at >= 0 && name.regionMatches(true, at, suffix, 0, suffix.length())) {
        return name.substring(0, at);
      }
    }
    return null;
  }

  /** Each name is that of one kind of script. */
  boolean isUnambiguous() {
    return !separator.isEmpty()
        && !versioned.equals(repeatable)
        && !versioned.equals(baseline)
        && !repeatable.equals(baseline);
  }

  /** Separated by commas. */
  static List<String> list(String value) {
    return Stream.of(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
