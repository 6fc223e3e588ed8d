package dev.sluice.migrations.folder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the migration that a row of the ledger is of, by what the folder's tool knows it by: its
 * file; Drizzle's {@code when}, since drizzle-kit may name its files anew; Flyway's version or
 * description.
 */
public final class MigrationIndex {
  private final Layout layout;
  private final String prefix;
  private final FlywayNaming naming;
  private final Map<String, Migration> byFile = new HashMap<>();
  private final Map<Object, Migration> byKey = new HashMap<>();
  private final Set<Object> ambiguous = new HashSet<>();

  private MigrationIndex(Layout layout, String prefix, FlywayNaming naming) {
    this.layout = layout;
    this.prefix = prefix;
    this.naming = naming;
  }

  public static MigrationIndex of(Folder folder) {
    var index = new MigrationIndex(folder.layout(), folder.prefix(), folder.scripts().naming());
    for (var migration : folder.migrations()) {
      index.byFile.put(migration.file(), migration);
      var key =
          switch (migration.tool()) {
            case ToolIdentity.Drizzle(_, _, var when) -> index.time(when);
            case ToolIdentity.Flyway flyway ->
                key(flyway.isBaseline(), flyway.version(), flyway.description());
          };
      if (index.byKey.put(key, migration) != null) {
        index.ambiguous.add(key);
      }
    }
    return index;
  }

  /** Liquibase started above the folder has its path before the file. */
  public Optional<Migration> byFile(String file) {
    return Optional.ofNullable(byFile.get(file))
        .or(() ->
            Optional.of(file)
                .filter(name -> !prefix.isEmpty() && name.startsWith(prefix))
                .map(name -> byFile.get(name.substring(prefix.length()))));
  }

  /** By anything else; {@code when} is null where the row doesn't say. */
  public Optional<Migration> byTool(String file, @Nullable Long when) {
    return switch (layout) {
      case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS ->
          Optional.ofNullable(when)
              .map(this::time)
              .filter(time -> !ambiguous.contains(time))
              .map(byKey::get);
      case FLYWAY ->
          FlywayName.of(file, naming)
              .map(name -> {
                var version = name.version();
                return key(
                    name.isBaseline(), version == null ? null : version.text(), name.description());
              })
              .map(byKey::get);
    };
  }

  public Optional<Migration> find(String file, @Nullable Long when) {
    return byFile(file).or(() -> byTool(file, when));
  }

  /** v1 names its folders by the second. */
  private Long time(long when) {
    return layout == Layout.DRIZZLE_FOLDERS ? Math.floorDiv(when, 1000) : when;
  }

  private static String key(boolean baseline, @Nullable String version, String description) {
    return version == null
        ? "R " + description
        : (baseline ? "B " : "V ") + FlywayVersion.normal(version);
  }
}
