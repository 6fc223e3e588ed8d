package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.FlywayMatching;
import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.folder.FlywayVersion;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.FlywayHistoryTable;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What Flyway has applied. */
record FlywayHistory(FlywayHistoryTable table) implements ToolHistory {
  @Override
  public String name() {
    return table.table();
  }

  @Override
  public List<Match> matches(Folder folder, Function<Migration, Set<String>> hashes)
      throws SQLException {
    return FlywayMatching.of(table.entries(), folder);
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return migration.tool() instanceof ToolIdentity.Flyway flyway
        ? Optional.of(table.entry(row(flyway), millis))
        : Optional.empty();
  }

  private static FlywayHistoryTable.Row row(ToolIdentity.Flyway flyway) {
    return new FlywayHistoryTable.Row(
        flyway.type(), flyway.version(), flyway.description(), flyway.script(), flyway.checksum());
  }

  /** The script that Flyway has begun with, if it is still there. */
  Optional<Migration> baseline(Folder folder) throws SQLException {
    for (var entry : table.entries()) {
      if (entry.type().equals(ToolIdentity.Flyway.BASELINE)) {
        return folder.baselines().stream()
            .filter(migration ->
                migration.tool() instanceof ToolIdentity.Flyway flyway
                    && FlywayVersion.areSame(flyway.version(), entry.version()))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  boolean hasVersions() throws SQLException {
    return table.entries().stream().anyMatch(entry -> entry.version() != null);
  }
}
