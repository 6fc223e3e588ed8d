package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.DrizzleMatching;
import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.DrizzleHistoryTable;
import dev.sluice.migrations.postgres.DrizzleHistoryTable.Row;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What drizzle-kit or drizzle-orm has applied. */
record DrizzleHistory(DrizzleHistoryTable table) implements ToolHistory {
  @Override
  public String name() {
    return table.name();
  }

  @Override
  public List<Match> matches(Folder folder, Function<Migration, Set<String>> hashes)
      throws SQLException {
    return DrizzleMatching.of(table.rows(), folder, hashes);
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return migration.tool() instanceof ToolIdentity.Drizzle(var name, var hash, var when)
        ? Optional.of(table.entry(new Row(hash, when, name)))
        : Optional.empty();
  }
}
