package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.FlywayMatching;
import dev.sluice.migrations.adoption.Match;
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
    return migration.tool()
            instanceof ToolIdentity.Flyway(var version, var description, var script, var checksum)
        ? Optional.of(
            table.entry(new FlywayHistoryTable.Row(version, description, script, checksum), millis))
        : Optional.empty();
  }
}
