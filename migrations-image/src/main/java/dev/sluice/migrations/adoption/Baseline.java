package dev.sluice.migrations.adoption;

import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The migrations of a folder that count as applied in a database without any history. */
public record Baseline(Folder folder, String to) {
  private static final int NAMES_SHOWN = 5;

  /** Up to the one that is named, without repeatable ones; empty when the folder hasn't got it. */
  public Optional<List<Migration>> migrations() {
    var all = folder.migrations().stream().filter(m -> !m.isRepeatable()).toList();
    for (var i = 0; i < all.size(); i++) {
      if (isNamed(all.get(i))) {
        return Optional.of(all.subList(0, i + 1));
      }
    }
    return Optional.empty();
  }

  private boolean isNamed(Migration migration) {
    return Stream.of(migration.path(), migration.file())
            .anyMatch(name -> to.equals(name) || (to + ".sql").equals(name))
        || switch (migration.tool()) {
          case ToolIdentity.Drizzle(var name, _, _) -> to.equals(name);
          case ToolIdentity.Flyway flyway -> isVersion(flyway);
        };
  }

  private boolean isVersion(ToolIdentity.Flyway flyway) {
    var version = Optional.ofNullable(flyway.version()).flatMap(FlywayVersion::of);
    var wanted = FlywayVersion.of(to.startsWith("V") ? to.substring(1) : to);
    return version.isPresent() && wanted.isPresent() && version.get().compareTo(wanted.get()) == 0;
  }

  /** The last ones, for somebody who has mistyped one. */
  public String lastNames() {
    var names =
        folder.migrations().stream().filter(m -> !m.isRepeatable()).map(Migration::name).toList();
    return String.join(", ", names.subList(Math.max(0, names.size() - NAMES_SHOWN), names.size()));
  }
}
